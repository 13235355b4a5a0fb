import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for a fact: asks until the answer is not undefined; fails with the question after a minute. */
export async function eventually<T>(question: string, ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = performance.now() + 60_000
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > deadline) throw new Error(`not in a minute: ${question}`)
    await sleep(50)
  }
}
