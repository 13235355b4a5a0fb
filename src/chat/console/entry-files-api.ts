/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 hands a rejected promise to the error handler */
import { Router } from 'express'
import { sightOf } from '#people'
import type { Proposals } from '#proposals'
import { cardContext } from '../context.ts'
import { fileHeaders } from './files-api.ts'
import { staffOf } from './guard.ts'
import { rowId } from './row-id.ts'

/** What entries would write, to look at before deciding, for who sees the entry: a letter as a PDF, of a hand-over the list of its parts. Without `proposals` there is nothing. */
export function createEntryFilesApi({ proposals, timeZone }: { proposals: Pick<Proposals, 'entryFile'> | undefined; timeZone: string }): Router {
  const api = Router()
  api.get('/:id', async (request, response) => {
    const staff = staffOf(response)
    const file = await proposals?.entryFile(sightOf(staff), rowId.parse(request.params.id))
    if (!file) {
      response.status(404).json({ error: 'gone' })
      return
    }
    if (file.kind === 'letter') {
      fileHeaders(response, file.fileName, 'application/pdf', 'inline') // ours: the browser may show it
      response.end(file.content)
      return
    }
    const { words, format } = cardContext(staff.language, timeZone)
    const { now, missing, hidden } = words.entries.file
    const lines = [
      now,
      '',
      ...file.parts.map(({ name, size }) => `${name}  ${format.size(size)}`),
      ...(file.hiddenMails > 0 ? [hidden(file.hiddenMails)] : []),
      ...(file.missing.length > 0 ? ['', `${missing}:`, ...file.missing] : []),
    ]
    response
      .set({ 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'private, no-store' })
      .type('text')
      .send(`${lines.join('\n')}\n`)
  })
  return api
}
