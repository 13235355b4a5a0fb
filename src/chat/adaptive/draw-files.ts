import type { CardElement } from '../card.ts'
import { filePath } from '../file-path.ts'
import { clean, unbroken } from '../text.ts'
import type { Drawing } from './draw-element.ts'
import { type Json, literalParts, run } from './literal.ts'

type Of<T extends CardElement['type']> = Extract<CardElement, { type: T }>
type File = Of<'files'>['files'][number]

/** Files in a line of their own, each a link to the console. */
export const drawFiles = (files: File[], draw: Drawing): Json => ({
  type: 'RichTextBlock',
  spacing: 'small',
  inlines: files.flatMap((file, index) => drawFile(file, index, draw)),
})

/** A picture where the surface shows one, and in any case its name as a link. */
export function drawImage(image: Of<'image'>, draw: Drawing): Json {
  const { alt, name, note, source } = image
  const url = draw.picture(image)
  const file = drawFiles([{ name, note, source }], draw)
  return url === undefined ? file : { type: 'Container', items: [{ type: 'Image', url, altText: clean(alt), size: 'auto' }, file] }
}

function drawFile({ name, note, source }: File, index: number, draw: Drawing): Json[] {
  const selectAction = { type: 'Action.OpenUrl', title: clean(name), url: draw.url(filePath(source)) }
  return [
    ...run(index > 0 ? '\u2003↓\u00A0' : '↓\u00A0'),
    { type: 'TextRun', text: literalParts(clean(name)).join('\u2060'), color: 'accent', weight: 'bolder', selectAction },
    ...(note ? run(`\u00A0${unbroken(note)}`, { isSubtle: true, size: 'small' }) : []),
  ]
}
