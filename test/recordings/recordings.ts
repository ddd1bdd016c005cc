// `npm run recordings`: makes the recordings, or those of the programs that are named.
import { makeRecordings } from './make.ts'

await makeRecordings(process.argv.slice(2))
process.exit(0)
