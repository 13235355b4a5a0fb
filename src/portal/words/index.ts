import type { DraftLanguage } from '#drafting'
import { de } from './de.ts'
import { en, type PortalWords } from './en.ts'
import { fr } from './fr.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'

export type { PortalWords }

/** What the pages say, by language. */
export const portalWords: Record<DraftLanguage, PortalWords> = { nl, fr, de, pl, en }
