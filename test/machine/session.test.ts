import { sessionClaims } from '../session/claims.ts'
import { programClaims } from '../session/programs.ts'

sessionClaims('system')
programClaims('system')
programClaims('local')
