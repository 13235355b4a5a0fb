import { candidatesOf } from '../parties/candidate.ts'

type Question = { number: string | null; candidates: unknown }

/** What is asked about a debtor, in a few words: its number and the companies that it may be. Another text is another question. */
export const markOf = ({ number, candidates }: Question): string =>
  [
    number ?? '',
    ...candidatesOf(candidates)
      .map(({ companyId }) => companyId)
      .toSorted(),
  ].join(' ')

/** What becomes of a person's "none of these" when a gap is written anew: it stays as long as the question does. */
export const forgetDeclined = (known: { declined: string | null } | null, question: Question) =>
  known?.declined === markOf(question) ? {} : { declined: null, declinedBy: null, declinedAt: null }
