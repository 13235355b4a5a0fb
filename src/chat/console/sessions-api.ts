/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 hands a rejected promise to the error handler */
import { Router } from 'express'
import { endSessions, listSessions, type SessionDeps } from '#people'
import { signedInAs } from './guard.ts'
import { rowId } from './row-id.ts'

/** A person's own sessions: where they are signed in, and ending what they do not know. */
export function createSessionsApi(sessions: SessionDeps): Router {
  const api = Router()

  api.get('/', async (_request, response) => {
    const { sessionId: current, staff } = signedInAs(response)
    const list = await listSessions(sessions, staff.id)
    response.json(list.map(session => ({ ...session, current: session.id === current })))
  })

  api.delete('/:id', async (request, response) => {
    const { staff } = signedInAs(response)
    const ended = await endSessions(sessions.client, staff.id, { only: rowId.parse(request.params.id) }, `staff:${staff.id}`)
    response.status(ended > 0 ? 204 : 404).end()
  })

  api.post('/end-others', async (_request, response) => {
    const { sessionId: current, staff } = signedInAs(response)
    response.json({ ended: await endSessions(sessions.client, staff.id, { allBut: current }, `staff:${staff.id}`) })
  })

  return api
}
