// tint0 as a job of a shell: signals, ^Z, fg, bg and &, the escape key, a terminal that goes away. What sudo does is what is
// expected: JOBS_OF=sudo tries sudo.
import { after, describe } from 'node:test'
import { backgroundJobs } from '../jobs/background.ts'
import { leaveJobs } from '../jobs/leave.ts'
import { signalJobs } from '../jobs/signals.ts'
import { jobSubject } from '../jobs/subject.ts'
import { suspendJobs } from '../jobs/suspend.ts'
import { endAll } from '../pty-process.ts'

const subjects = (process.env.JOBS_OF ?? 'system local').split(' ').map(jobSubject)

describe('as a job', { concurrency: 8 }, () => {
  for (const subject of subjects) {
    signalJobs(subject)
    suspendJobs(subject)
    backgroundJobs(subject)
    leaveJobs(subject)
  }
  after(endAll)
})
