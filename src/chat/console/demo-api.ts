/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 hands a rejected promise to the error handler */
import { Router } from 'express'
import { z } from 'zod'
import { findStaff, listStaff, openSession, type SessionDeps } from '#people'
import { browserName, setSessionCookie } from './guard.ts'
import { rowId } from './row-id.ts'

/** What the demo offers beside the product: debtors whose mails one may write. */
export type Demo = {
  personas: () => Promise<{ id: string; name: string; address: string; language: string; examples: { title: string; subject: string; text: string }[] }[]>
  /** Drops a mail into the mailbox as if this debtor had sent it. */
  write: (mail: { personaId: string; subject: string; text: string }) => Promise<void>
}

const mailBody = z.object({ personaId: z.string(), subject: z.string().max(300), text: z.string().trim().min(1).max(50_000) })

/** Routes that exist in the demo only: write as a debtor, and look through a colleague's eyes. */
export function createDemoApi({ sessions, demo, origin }: { sessions: SessionDeps; demo: Demo; origin: string }): Router {
  const { client } = sessions
  const api = Router()

  api.get('/personas', async (_request, response) => void response.json(await demo.personas()))

  api.post('/mail', async (request, response) => {
    await demo.write(mailBody.parse(request.body))
    response.status(201).json({})
  })

  api.get('/staff', async (_request, response) => {
    const staff = await listStaff(client)
    response.json(staff.map(({ id, name, role }) => ({ id, name, role })))
  })

  api.post('/staff/:id', async (request, response) => {
    const staff = await findStaff(client, rowId.parse(request.params.id))
    if (!staff?.active) {
      response.status(404).json({ error: 'gone' })
      return
    }
    const session = await openSession(sessions, staff.id, { via: 'demo', browser: browserName(request) })
    setSessionCookie(response, session.token, session.maxAgeSeconds, origin)
    response.status(204).end()
  })

  return api
}
