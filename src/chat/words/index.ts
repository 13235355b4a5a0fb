import { de } from './de.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { nl } from './nl.ts'
import { pl } from './pl.ts'

/** Every language has exactly the keys of English; the compiler checks it. */
export type Words = typeof en

export const languages = ['en', 'nl', 'fr', 'de', 'pl'] as const
type Language = (typeof languages)[number]

const catalogue: Record<Language, Words> = { en, nl, fr, de, pl }

/** The words of a language; English for one that Duncan does not speak. */
export const wordsOf = (language: string): Words => catalogue[languages.find(known => known === language) ?? 'en']
