import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

/**
 * An OpenAI-compatible endpoint on loopback. The contract, as the real wire has it:
 * - POST /v1/chat/completions with `model`, `messages`, and one of `response_format` (json_schema or json_object) or
 *   `tools` with a forced `tool_choice`; anything else is answered 400 with `{ error: { message, type } }`;
 * - the answer is a `chat.completion` with one choice, `finish_reason` and `usage`; with tools the arguments stand in
 *   `tool_calls`, otherwise in `content`;
 * - `responses` are served in order, the last one again and again; every request is kept in `requests`.
 */
export type ScriptedResponse =
  | { kind: 'answer'; answer: unknown }
  /** Text as it stands: malformed JSON, fences. */
  | { kind: 'text'; text: string; finish?: 'stop' | 'length' }
  | { kind: 'refusal' }
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  /** Never answers; the connection stays open until the client leaves. */
  | { kind: 'late' }
  | { kind: 'oversized'; bytes: number }
  /** A body as it stands, of whatever type. */
  | { kind: 'raw'; body: string; type?: string; status?: number }
  /** Begins to answer and never ends; `reset`: ends in the middle. */
  | { kind: 'drip'; reset?: boolean }

type LlmRequest = { path: string; authorization: string | undefined; body: Record<string, unknown> }
export type LlmServer = { baseUrl: string; requests: LlmRequest[]; responses: ScriptedResponse[] }

/** Starts the endpoint for one test. */
export async function startLlmServer(t: Pick<TestContext, 'after'>, ...responses: ScriptedResponse[]): Promise<LlmServer> {
  const state: LlmServer = { baseUrl: '', requests: [], responses }
  let served = 0
  const server = createServer((request, response) => {
    void readBody(request).then(text => {
      const body = JSON.parse(text) as Record<string, unknown>
      state.requests.push({ path: request.url ?? '', authorization: request.headers.authorization, body })
      const scripted = state.responses[Math.min(served++, state.responses.length - 1)]
      if (request.url !== '/v1/chat/completions' || !isWellFormed(body) || !scripted) return sendError(response, 400)
      return respond(response, scripted, body)
    })
  })
  await listen(server)
  t.after(
    () =>
      new Promise<void>(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  state.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  return state
}

const listen = (server: Server) => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function isWellFormed(body: Record<string, unknown>): boolean {
  return typeof body.model === 'string' && Array.isArray(body.messages) && (body.response_format !== undefined || Array.isArray(body.tools))
}

function respond(response: ServerResponse, scripted: ScriptedResponse, body: Record<string, unknown>): void {
  switch (scripted.kind) {
    case 'answer':
      return sendCompletion(response, body, JSON.stringify(scripted.answer), 'stop')
    case 'text':
      return sendCompletion(response, body, scripted.text, scripted.finish ?? 'stop')
    case 'refusal':
      return sendJson(response, 200, completion(body, { role: 'assistant', content: null, refusal: 'I cannot help with that.' }, 'stop'))
    case 'status':
      return sendError(response, scripted.status, scripted.headers)
    case 'oversized':
      return sendCompletion(response, body, JSON.stringify({ language: 'x'.repeat(scripted.bytes) }), 'stop')
    case 'raw':
      response.writeHead(scripted.status ?? 200, { 'content-type': scripted.type ?? 'application/json' }).end(scripted.body)
      return undefined
    case 'drip':
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id": "chatcmpl-1", ')
      if (scripted.reset) setImmediate(() => response.destroy())
      return undefined
    case 'late':
      return undefined
  }
}

function sendCompletion(response: ServerResponse, body: Record<string, unknown>, text: string, finish: string): void {
  const tools = body.tools as { function: { name: string } }[] | undefined
  const message = tools
    ? { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: tools[0]?.function.name, arguments: text } }] }
    : { role: 'assistant', content: text, refusal: null }
  sendJson(response, 200, completion(body, message, tools ? 'tool_calls' : finish))
}

const completion = (body: Record<string, unknown>, message: object, finish: string) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: body.model,
  choices: [{ index: 0, message, finish_reason: finish, logprobs: null }],
  usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
})

const sendError = (response: ServerResponse, status: number, headers: Record<string, string> = {}) =>
  sendJson(response, status, { error: { message: `status ${status}`, type: 'error', code: null, param: null } }, headers)

function sendJson(response: ServerResponse, status: number, value: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}
