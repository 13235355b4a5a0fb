import type { DraftLanguage } from '#drafting'
import { de } from './de.ts'
import { en, type ReportWords } from './en.ts'
import { fr } from './fr.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'

export type { ReportWords } from './en.ts'

/** What reports say, by language. */
export const reportWords: Record<DraftLanguage, ReportWords> = { en, nl, fr, de, pl }
