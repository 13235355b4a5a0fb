import { connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

export type Fault = 'reset' | 'end' | 'black_hole'

export type TcpProxy = {
  port: number
  /** Breaks the connection that next passes this many bytes from the server, once. */
  breakAfter: (bytes: number, fault: Fault) => void
  /** Breaks every open connection now. */
  breakNow: (fault: Fault) => void
  /** How many connections were made so far. */
  connections: () => number
  /** Resolves when the fault that was asked for has happened. */
  broken: () => Promise<void>
}

/** Stands between a client and a server on loopback and breaks their connection as a bad network does, to the byte. */
export async function startTcpProxy(t: Pick<TestContext, 'after'>, target: number): Promise<TcpProxy> {
  const open = new Set<{ client: Socket; server: Socket; isDead: boolean }>()
  let plan: { bytes: number; fault: Fault } | undefined
  let made = 0
  let happened = Promise.withResolvers<void>()

  const breakOne = (pair: { client: Socket; server: Socket; isDead: boolean }, fault: Fault) => {
    pair.isDead = true
    if (fault === 'reset') pair.client.resetAndDestroy()
    if (fault === 'end') pair.client.end()
    // A black hole keeps the connection open and says nothing ever again.
    pair.server.destroy()
    happened.resolve()
  }

  const listener = createServer(client => {
    made += 1
    const pair = { client, server: connect(target, '127.0.0.1'), isDead: false }
    open.add(pair)
    let passed = 0
    pair.server.on('data', chunk => {
      if (pair.isDead) return
      const left = plan ? plan.bytes - passed : Number.POSITIVE_INFINITY
      passed += chunk.length
      client.write(chunk.subarray(0, left))
      if (!plan || chunk.length < left) return
      const { fault } = plan
      plan = undefined
      breakOne(pair, fault)
    })
    client.on('data', chunk => pair.isDead || pair.server.write(chunk))
    const closed = () => {
      if (!pair.isDead) client.destroy()
      pair.server.destroy()
    }
    client.on('error', closed).on('close', () => {
      open.delete(pair)
      pair.server.destroy()
    })
    pair.server.on('error', closed).on('close', closed)
  })
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve))
  t.after(async () => {
    for (const { client, server } of open) {
      client.destroy()
      server.destroy()
    }
    await new Promise(resolve => listener.close(resolve))
  })
  const address = listener.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    breakAfter: (bytes, fault) => {
      happened = Promise.withResolvers()
      plan = { bytes, fault }
    },
    breakNow: fault => {
      happened = Promise.withResolvers()
      for (const pair of open) breakOne(pair, fault)
    },
    connections: () => made,
    broken: () => happened.promise,
  }
}
