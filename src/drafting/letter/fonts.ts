import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** pdfkit's types know no fonts that are read already. */
type Font = Buffer & { characterSet: number[]; glyphForCodePoint: (code: number) => unknown }
type Fonts = Record<'regular' | 'bold' | 'mono', Buffer>
let fonts: Fonts | undefined

/** The fonts of letters, which have the letters of every language that Duncan writes. Reading them takes longer than a letter: it is done once. */
export function letterFonts(): Fonts {
  if (fonts) return fonts
  // pdfkit takes a font that its own font library has read.
  const { openSync } = createRequire(require.resolve('pdfkit'))('fontkit') as { openSync: (file: string) => Font }
  const read = (name: string) => {
    const font = openSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}`))
    // A glyph that is first met as a part of another (Z in Ż) is kept without its letter, which could then be neither copied nor read out.
    // Latin only: a ligature is to be met as the letters that it stands for.
    for (const code of font.characterSet) if (code < 0x250) font.glyphForCodePoint(code)
    return font
  }
  fonts = { regular: read('DejaVuSans.ttf'), bold: read('DejaVuSans-Bold.ttf'), mono: read('DejaVuSansMono.ttf') }
  return fonts
}
