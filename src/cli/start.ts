import { Command } from 'commander'
import { createLog, systemClock } from '#platform'
import { createApp, readAppConfig } from '../app.ts'
import { untilStopped } from './signals.ts'

export function startCommand(): Command {
  return new Command('start').action(startDuncan)
}

/** Runs Duncan until somebody stops it. */
export async function startDuncan(): Promise<void> {
  const config = readAppConfig()
  const log = createLog(config.DUNCAN_LOG_LEVEL)
  // From here on a signal must not leave the embedded database behind, which does not hear of it.
  const stopped = untilStopped(log)
  const app = await createApp({ config, log, clock: systemClock })
  try {
    await app.start()
    console.log(`Duncan runs. Console: ${app.url}`)
    console.log(`Sign in (the link works once): ${await app.signInLink()}`)
    await stopped
  } finally {
    await app.stop()
  }
}
