import { sessionClaims } from '../claims.ts'
import { programClaims } from '../program-claims.ts'

sessionClaims('system', 200)
programClaims('system')
programClaims('local')
