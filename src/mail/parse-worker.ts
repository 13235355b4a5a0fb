import { parentPort } from 'node:worker_threads'
import { parseMail } from './parse-mail.ts'
import type { ParsedMail } from './parsed-mail.ts'
import { type MailFacts, understandMail } from './understand-mail.ts'

export type ParseRequest = { id: number; source: Uint8Array | string; withHtml: boolean }
export type ParseAnswer = { id: number; mail: ParsedMail; facts: MailFacts }

// mailparser makes and drops an error for every part that it closes twice; their stacks cost 6% of the parsing.
Error.stackTraceLimit = 0

// Mails are parsed one after the other: when one takes this thread down, the parser knows which.
let turn = Promise.resolve()
parentPort?.on('message', (request: ParseRequest) => {
  turn = turn.then(() => answer(request))
})

async function answer({ id, source, withHtml }: ParseRequest): Promise<void> {
  const mail = await parseMail(typeof source === 'string' ? source : Buffer.from(source.buffer, source.byteOffset, source.byteLength))
  const facts = understandMail(mail)
  // HTML is large and only guards look at it; they ask for it.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no browser window
  parentPort?.postMessage({ id, mail: withHtml ? mail : { ...mail, html: undefined }, facts } satisfies ParseAnswer)
}
