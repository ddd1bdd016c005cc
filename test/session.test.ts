import { sessionClaims } from './claims.ts'

sessionClaims('local', 200)
