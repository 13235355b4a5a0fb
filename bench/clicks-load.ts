// A thread that presses buttons as Slack would tell of them: signed requests, so many at a time. It answers with the milliseconds that
// each took to be acknowledged. In a thread of its own, so that the work behind the clicks does not delay its clock.

import { Agent, request } from 'node:http'
import { parentPort } from 'node:worker_threads'

export type Load = { url: string; bodies: { body: string; headers: Record<string, string> }[]; together: number }

async function run({ url, bodies, together }: Load): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: together })
  const waits: number[] = []
  let next = 0
  const press = async (): Promise<void> => {
    for (let at = next++; at < bodies.length; at = next++) {
      const { body, headers } = bodies[at] as Load['bodies'][number]
      const started = performance.now()
      await new Promise<void>((resolve, reject) => {
        const sent = request(url, { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, response => {
          response.resume().once('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`answered ${response.statusCode}`))))
        })
        sent.once('error', reject).end(body)
      })
      waits.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: together }, press))
  agent.destroy()
  return waits
}

/* oxlint-disable unicorn/require-post-message-target-origin -- a thread’s, not a window’s */
parentPort?.on('message', (load: Load) => {
  run(load).then(
    waits => parentPort?.postMessage({ waits }),
    (error: unknown) => parentPort?.postMessage({ problem: String(error) }),
  )
})
