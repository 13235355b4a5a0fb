import { setTimeout as sleep } from 'node:timers/promises'
import type { webApi } from '@slack/bolt'
import type { PictureToShow } from '../pictures.ts'
import type { ShownPicture } from '../platforms/platform.ts'
import { limits } from './limits.ts'
import { plain } from './text.ts'

/**
 * Gives Slack a picture that nobody sees until a message of Duncan's shows it. Slack looks at a file for a moment (`restMs`) before a
 * message may show it, and does not say when it is done.
 */
export async function uploadPicture(client: webApi.WebClient, { content, name, alt }: PictureToShow, restMs: number): Promise<ShownPicture | undefined> {
  const { files } = await client.filesUploadV2({ file: content, filename: plain(name, limits.id).text, alt_text: plain(alt, limits.imageAlt).text })
  const id = files[0]?.files?.[0]?.id
  if (id === undefined) return undefined
  await sleep(restMs)
  return { kind: 'file', id }
}
