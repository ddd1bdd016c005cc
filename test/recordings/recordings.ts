// `npm run recordings`: makes the recordings (or those of the programs that are named). `npm run recordings -- compare`: plays
// them through tint0 and run0, and writes the table in the README.
import { compareWithRun0 } from './compare.ts'
import { makeRecordings } from './make.ts'

const [word, ...rest] = process.argv.slice(2)
if (word === 'compare') await compareWithRun0(rest)
else await makeRecordings(word === undefined ? [] : [word, ...rest])
process.exit(0)
