import { type DbClient, errorText, type Log } from '#platform'
import type { Card, CardElement } from '../card.ts'
import type { ReadPicture } from '../pictures.ts'
import type { ChatPlatform } from './platform.ts'

export type ShowPicturesDeps = { client: DbClient; log: Log; readPicture: ReadPicture }

type Image = Extract<CardElement, { type: 'image' }>

/** The card with its pictures as the platform shows them. One that it cannot show stays a link: a card never waits for a picture. */
export async function showPictures(deps: ShowPicturesDeps, platform: ChatPlatform, card: Card): Promise<Card> {
  const elements: CardElement[] = []
  for (const element of card.elements) elements.push(element.type === 'image' ? await shownImage(deps, platform, element) : element)
  return { ...card, elements }
}

async function shownImage(deps: ShowPicturesDeps, platform: ChatPlatform, { shown: _unknown, ...image }: Image): Promise<Image> {
  const shown = await shownAs(deps, platform, image).catch((error: unknown) => {
    deps.log.warn({ platform: platform.name, problem: errorText(error) }, 'a picture is a link')
    return undefined
  })
  return shown === undefined ? image : { ...image, shown }
}

async function shownAs({ client, readPicture }: ShowPicturesDeps, platform: ChatPlatform, { source, name, alt }: Image): Promise<string | undefined> {
  if (source.of !== 'message') return undefined
  const { attachmentId } = source
  const given = await client.chatPicture.findUnique({ where: { platform_attachmentId: { platform: platform.name, attachmentId } } })
  if (given) return given.externalId
  const picture = await readPicture(source)
  const shown = picture && (await platform.showPicture({ ...picture, name, alt }))
  // Two conversations may give it at the same time; either file will do.
  if (shown?.kind === 'file')
    await client.chatPicture.createMany({ data: [{ platform: platform.name, attachmentId, externalId: shown.id }], skipDuplicates: true })
  return shown && (shown.kind === 'file' ? shown.id : shown.url)
}
