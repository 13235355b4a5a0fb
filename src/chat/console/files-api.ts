/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 hands a rejected promise to the error handler */
import { pipeline } from 'node:stream/promises'
import { type Response, Router } from 'express'
import { z } from 'zod'
import { readAttachment } from '#mail'
import { mailInSight, type Sight, sightOf } from '#people'
import { type Blobs, type DbClient, Prisma } from '#platform'
import { proposalsInSight } from '#proposals'
import { cardContext } from '../context.ts'
import { letGoText } from '../let-go-text.ts'
import { createPictureReader } from '../pictures.ts'
import { staffOf } from './guard.ts'
import { rowId } from './row-id.ts'

const largestFile = 40 * 1024 * 1024
const outgoingFiles = z.object({ attachments: z.array(z.object({ fileName: z.string(), contentType: z.string(), hash: z.string() })) })

/** Files to look at before deciding: attachments of mails, mails as they came, copies that a reply would carry. For who may look up, as far as they see the mail. */
export function createFilesApi({ client, blobs, timeZone }: { client: DbClient; blobs: Pick<Blobs, 'size' | 'stream'>; timeZone: string }): Router {
  const api = Router()
  const readPicture = createPictureReader({ client, blobs })

  /** In words: a file opens in a window of its own. */
  function letGo(response: Response, at: Date): void {
    const { words, format } = cardContext(staffOf(response).language, timeZone)
    response
      .status(410)
      .type('text')
      .send(letGoText(words, format, at))
  }

  api.get('/attachments/:id', async (request, response) => {
    const attachment = await client.attachment.findUnique({
      where: { id: rowId.parse(request.params.id) },
      include: { message: { select: { rawHash: true, rawDeletedAt: true } } },
    })
    if (!attachment?.hash || !(await isMailInSight(client, sightOf(staffOf(response)), attachment.messageId))) return gone(response)
    if (attachment.message.rawDeletedAt) return letGo(response, attachment.message.rawDeletedAt)
    if (attachment.size > largestFile) return tooLarge(response)
    const found = await readAttachment(blobs, attachment.message.rawHash, attachment.hash)
    if (found.kind === 'gone') return gone(response)
    if (found.kind === 'too_large') return tooLarge(response)
    // Whatever the mail says its type is: a browser saves it and shows nothing.
    fileHeaders(response, attachment.fileName ?? 'attachment', 'application/octet-stream', 'attachment')
    response.end(found.content)
  })

  // A picture of a mail, for the browser to draw: it is one by its first bytes, and a stranger here if it is opened by itself.
  api.get('/pictures/:id', async (request, response) => {
    const id = rowId.parse(request.params.id)
    const attachment = await client.attachment.findUnique({ where: { id }, select: { messageId: true } })
    const inSight = attachment && (await isMailInSight(client, sightOf(staffOf(response)), attachment.messageId))
    const picture = inSight ? await readPicture({ of: 'message', attachmentId: id }) : undefined
    if (!picture) return gone(response)
    fileHeaders(response, `picture-${id}`, picture.contentType, 'inline')
    response.set('Content-Security-Policy', "sandbox; default-src 'none'").end(picture.content)
  })

  api.get('/mails/:id', async (request, response) => {
    const message = await client.message.findUnique({ where: { id: rowId.parse(request.params.id) }, select: { id: true, rawHash: true, rawDeletedAt: true } })
    if (!message || !(await isMailInSight(client, sightOf(staffOf(response)), message.id))) return gone(response)
    // Its source may still be there for the copy of another mailbox, whose rule is another one.
    if (message.rawDeletedAt) return letGo(response, message.rawDeletedAt)
    if ((await blobs.size(message.rawHash)) === undefined) return gone(response)
    fileHeaders(response, `mail-${message.id}.eml`, 'application/octet-stream', 'attachment')
    await pipeline(blobs.stream(message.rawHash), response)
  })

  api.get('/actions/:id/:index', async (request, response) => {
    const action = await client.proposedAction.findUnique({ where: { id: rowId.parse(request.params.id) }, select: { payload: true, proposalId: true } })
    const seen = await proposalsInSight(client, sightOf(staffOf(response)), action ? [action.proposalId] : [])
    if (seen.size === 0) return gone(response)
    const file = outgoingFiles.safeParse(action?.payload).data?.attachments[z.coerce.number().int().min(0).parse(request.params.index)]
    const size = file && (await blobs.size(file.hash))
    if (!file || size === undefined) return gone(response)
    if (size > largestFile) return tooLarge(response)
    // Our own copies, found by invoice number and seen to be PDF: these may be looked at in the browser.
    const isPdf = file.contentType === 'application/pdf'
    fileHeaders(response, file.fileName, isPdf ? 'application/pdf' : 'application/octet-stream', isPdf ? 'inline' : 'attachment')
    response.set('Content-Length', String(size))
    await pipeline(blobs.stream(file.hash), response)
  })

  return api
}

async function isMailInSight(client: DbClient, sight: Sight, messageId: number): Promise<boolean> {
  const rows = await client.$queryRaw<{ id: number }[]>`SELECT m.id FROM "Message" m WHERE m.id = ${messageId} AND ${mailInSight(sight, Prisma.raw('m'))}`
  return rows.length > 0
}

/** Says what a file is, by a name that no system takes for a path or a command, and that nobody else keeps it. */
export function fileHeaders(response: Response, name: string, contentType: string, disposition: 'attachment' | 'inline'): void {
  response.set({
    'Content-Type': contentType,
    'Content-Disposition': contentDisposition(disposition, name),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
    // Should a browser show a saved file after all, it is a stranger here. Our own PDFs need the browser's viewer, which no sandbox lets in.
    ...(disposition === 'attachment' && { 'Content-Security-Policy': "sandbox; default-src 'none'" }),
  })
}

/** The header with a name that no system takes for a path or a command, in ASCII and in full (RFC 6266, RFC 8187). */
export function contentDisposition(disposition: 'attachment' | 'inline', name: string): string {
  const safe = name
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}/\\:*?"<>|]/gu, '_')
    .replace(/^[.\s]+/, '')
    .slice(0, 150)
    .toWellFormed()
    .trim()
  const full = safe || 'file'
  const ascii = full.replaceAll(/[^\x20-\x7E]|[%;]/g, '_')
  const encoded = encodeURIComponent(full).replaceAll(/['()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${disposition}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

const gone = (response: Response): void => void response.status(404).json({ error: 'gone' })
const tooLarge = (response: Response): void => void response.status(413).json({ error: 'too_large' })
