/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 hands a rejected promise to the error handler */
import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import { z } from 'zod'
import type { Blobs } from '#platform'
import { reportForms, reportKeys } from '#reports'
import { faultText } from '../commands/search-problem.ts'
import { cardContext } from '../context.ts'
import type { ReportsPort } from '../reports/port.ts'
import { fileHeaders } from './files-api.ts'
import { staffOf } from './guard.ts'

const asked = z.object({
  form: z.enum(reportForms).default('xlsx'),
  filter: z.string().max(2_000).default(''),
  own: z.literal('true').optional(),
  top: z.coerce.number().int().min(1).max(1_000).optional(),
})

/** Reports as files, made anew under the sight of who is signed in; without `reports` there are none. */
export function createReportsApi({
  reports,
  blobs,
  timeZone,
}: {
  reports: Pick<ReportsPort, 'write'> | undefined
  blobs: Pick<Blobs, 'stream'>
  timeZone: string
}): Router {
  const api = Router()
  api.get('/:report', async (request, response) => {
    const key = z.enum(reportKeys).safeParse(request.params.report)
    const read = asked.safeParse(request.query)
    if (!reports || !key.success || !read.success) {
      response.status(404).json({ error: 'gone' })
      return
    }
    const { form, filter, own, top } = read.data
    const staff = staffOf(response)
    const written = await reports.write(staff, { report: key.data, filter, top, own: own === 'true' }, form)
    if (written.kind === 'problem') {
      const { words } = cardContext(staff.language, timeZone)
      response.status(422).type('text').send(faultText(written.problem, words.search))
      return
    }
    const { hash, fileName, contentType } = written.result
    fileHeaders(response, fileName, contentType, 'attachment')
    await pipeline(blobs.stream(hash), response)
  })
  return api
}
