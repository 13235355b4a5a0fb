import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

type Fonts = Record<'regular' | 'bold' | 'mono', Buffer>
let fonts: Fonts | undefined

/** The fonts of letters, which have the letters of every language that Duncan writes. Reading them takes longer than a letter: it is done once. */
export function letterFonts(): Fonts {
  if (fonts) return fonts
  // pdfkit takes a font that its own font library has read.
  const { openSync } = createRequire(require.resolve('pdfkit'))('fontkit') as { openSync: (file: string) => Buffer }
  const read = (name: string) => openSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}`))
  fonts = { regular: read('DejaVuSans.ttf'), bold: read('DejaVuSans-Bold.ttf'), mono: read('DejaVuSansMono.ttf') }
  return fonts
}
