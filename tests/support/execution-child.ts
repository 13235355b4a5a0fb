// A Duncan process that approves proposals, carries them out, and kills itself once each has come to the step where it is to die.
// They are those of one company each: one process dies for all of them, because starting one costs seconds.
import { type Clock, systemClock } from '#platform'
import { type ExecutionProcess, type ExecutionStep, startExecution } from './execution-process.ts'

export type Death = { settings: ExecutionProcess; at: ExecutionStep }

// It lived an hour ago, so that those who come after it need not wait to take it for dead.
const now = () => systemClock.now().subtract({ hours: 1 })
const anHourAgo: Clock = { now, today: timeZone => now().toZonedDateTimeISO(timeZone).toPlainDate() }

/** Resolves when it has come to its step, at which it stays. */
const comesToDie = ({ settings, at }: Death): Promise<void> =>
  new Promise<void>((arrive, fail) => {
    startExecution(settings, anHourAgo, async step => {
      if (step !== at) return
      arrive()
      await new Promise(() => undefined)
    }).catch(fail)
  })

if (import.meta.main) {
  const deaths = JSON.parse(process.argv[2] ?? '') as Death[]
  // A transaction waits for nobody longer than some seconds: those who die inside of one come last.
  const isInside = ({ at }: Death) => at.startsWith('in_')
  await Promise.all(deaths.filter(death => !isInside(death)).map(comesToDie))
  await Promise.all(deaths.filter(isInside).map(comesToDie))
  process.kill(process.pid, 'SIGKILL')
}
