/** What company and person names are matched on: lower case, accents off, legal form cut, punctuation to single spaces. Pure. */
export function searchName(name: string): string {
  const words = plainWords(name)
  const from = countLeading(words)
  const to = words.length - countTrailing(words.slice(from))
  return words.slice(from, to).join(' ')
}

/** Letters that Unicode does not decompose. */
const undecomposed: Record<string, string> = { ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' }

function plainWords(name: string): string[] {
  return name
    .replace(/\b(?:S\.p\.A|SpA)\b\.?/g, ' ') // by its capitals only: "Hotel & Spa" is a name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[łøđðþßæœı]/g, letter => undecomposed[letter] ?? letter)
    .replace(/['’`´]/g, '')
    .replace(/\ba\/s\b/g, ' ')
    .replace(/\b(?:\p{L}\.){2,}(?:\p{L}\b)?|\b(?:\p{L}\.)+\p{L}\b\.?/gu, letters => letters.replaceAll('.', '')) // "b.v." and "s.a.r.l" are one word
    .replace(/&|\+/g, ' & ')
    .split(/[^\p{L}\p{N}&]+/u)
    .filter(word => word !== '')
    .filter((word, index, all) => word !== '&' || isCompany(all[index + 1])) // the & counts only in "& Co."
}

const isCompany = (word: string | undefined): boolean => word === 'co' || word === 'cie' || word === 'company'

/** Each form as the words that are left of it; the longer ones first, so that "GmbH & Co. KG" goes as a whole. */
const legalForms = `
  sp z o o sp k, sp z oo sp k, ug haftungsbeschrankt & co kg, sp z oo spk, gmbh & co kgaa, gmbh & co kg, gmbh & co ohg,
  ag & co kg, sp z o o, spolka z ograniczona odpowiedzialnoscia, societe par actions simplifiee, societe a responsabilite limitee,
  gesellschaft mit beschrankter haftung, b v b a, s a r l, s p r l, sp z oo, spolka z oo, public limited company, & co kg,
  & co ohg, s a s, s r l, v o f, spolka akcyjna, spolka jawna, spolka komandytowa, ug haftungsbeschrankt, besloten vennootschap,
  naamloze vennootschap, societe anonyme, & co, & cie, & company, b v, n v, s a, e k, e v, c v, sp k, sp j, sp p, spzoo,
  aktiengesellschaft, bvba, bv, nv, vof, cv, cvba, gcv, commv, vzw, asbl, sarl, sasu, sas, sa, sprl, srl, scrl, snc, sci, eurl,
  gie, gmbh, mbh, ggmbh, ag, kgaa, kg, ohg, gbr, ug, ek, ev, eg, se, ltd, limited, llp, lp, plc, cic, inc, incorporated, llc,
  corp, sl, slu, sau, spk, spj, spp, aps, ab, oy, oyj, sro, kft, zrt, doo, ooo, lda`
  .split(',')
  .map(form => form.trim().split(' '))

const formsByLastWord = Map.groupBy(legalForms, form => form.at(-1) ?? '')

/** Forms that also stand in front of a name. */
const leadingForms = new Set('sarl sas sa sprl srl eurl sasu sci snc asbl vzw vof bvba bv nv'.split(' '))

// A name that is nothing but legal forms keeps its last word: an empty search name would match everything.
function countTrailing(words: string[]): number {
  let cut = 0
  for (;;) {
    const left = words.length - cut
    const form = formsByLastWord
      .get(words[left - 1] ?? '')
      ?.find(each => each.length < left && each.every((word, index) => words[left - each.length + index] === word))
    if (!form) return cut
    cut += form.length
  }
}

function countLeading(words: string[]): number {
  return words.length > 1 && leadingForms.has(words[0] ?? '') ? 1 : 0
}
