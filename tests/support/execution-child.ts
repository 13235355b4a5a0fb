// A Duncan process that approves a proposal, carries it out, and kills itself at the step named by its second argument.
import { type Clock, systemClock } from '#platform'
import { type ExecutionProcess, startExecution } from './execution-process.ts'

const [settings, deadlyStep] = process.argv.slice(2)
// It lived an hour ago, so that those who come after it need not wait to take it for dead.
const now = () => systemClock.now().subtract({ hours: 1 })
const anHourAgo: Clock = { now, today: timeZone => now().toZonedDateTimeISO(timeZone).toPlainDate() }

await startExecution(JSON.parse(settings ?? '') as ExecutionProcess, anHourAgo, async step => {
  if (step !== deadlyStep) return
  process.kill(process.pid, 'SIGKILL')
  await new Promise(() => undefined)
})
