// A Duncan process that sends mail and kills itself at the step named by its second argument.
import { type Clock, systemClock } from '#platform'
import { type SendingProcess, startSending } from './sending-process.ts'

const [settings, deadlyStep] = process.argv.slice(2)
// It lived an hour ago, so that those who come after it need not wait to take it for dead.
const now = () => systemClock.now().subtract({ hours: 1 })
const anHourAgo: Clock = { now, today: timeZone => now().toZonedDateTimeISO(timeZone).toPlainDate() }

await startSending(JSON.parse(settings ?? '') as SendingProcess, anHourAgo, async step => {
  if (step !== deadlyStep) return
  process.kill(process.pid, 'SIGKILL')
  await new Promise(() => undefined)
})
