import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { systemClock } from '#platform'

/** Which steps of the setup were finished. */
export type Progress = { isDone: (step: string) => boolean; record: (step: string) => void; forget: (steps: string[]) => void }

/** Keeps it in a file, looked up anew each time: the first step decides where that is. */
export function keepProgress(fileNow: () => string): Progress {
  const read = (): Record<string, string> => {
    try {
      return JSON.parse(readFileSync(fileNow(), 'utf8')) as Record<string, string>
    } catch {
      return {} // none yet, or damaged: steps can be done twice
    }
  }
  const write = (done: Record<string, string>): void => {
    const file = fileNow()
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, `${JSON.stringify(done, null, 2)}\n`)
    renameSync(`${file}.new`, file)
  }
  return {
    isDone: step => read()[step] !== undefined,
    record: step => write({ ...read(), [step]: systemClock.now().toString({ smallestUnit: 'second' }) }),
    forget: steps => {
      const done = Object.entries(read())
      if (done.some(([step]) => steps.includes(step))) write(Object.fromEntries(done.filter(([step]) => !steps.includes(step))))
    },
  }
}
