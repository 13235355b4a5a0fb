import { Presets, SingleBar } from 'cli-progress'

type Step = { phase: string; done: number; of: number }

/** A progress bar on a terminal, nothing elsewhere. */
export function stepProgress(): { update: (step: Step) => void; stop: () => void } {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar({ format: '{phase} {bar} {value}/{total}', hideCursor: true, clearOnComplete: true }, Presets.shades_classic)
  let running: string | undefined
  return {
    update: ({ phase, done, of }) => {
      if (running !== phase) bar.start(of, done, { phase })
      running = phase
      bar.update(done)
    },
    stop: () => bar.stop(),
  }
}
