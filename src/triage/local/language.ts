import { foldKnown } from './text.ts'

/** The languages that the local engine reads. */
export const readLanguages = ['nl', 'fr', 'de', 'pl', 'en', 'es', 'it'] as const
export type ReadLanguage = (typeof readLanguages)[number]

// Small words that the languages do not share: they decide mails too short for letter statistics ("ok, is betaald").
const smallWords: Record<ReadLanguage, string> = {
  nl: 'de het een en van wij ons onze u uw jullie niet wordt worden zullen betaald betaling factuur graag alvast groet groeten geachte beste bedankt bijlage kunt ik heb hebben voor met naar deze nog bij vandaag morgen volgende week vrijdag maandag dat dit maar ook op te om of zijn was er kan als dan wat mag hier geen mijn hebt heeft moet al zonder door uit want toch even willen weer tot waar dus gewoon mevrouw meneer vriendelijke vraag rekening bedrag',
  fr: 'le les des une nous vous notre votre pas est sont pour avec dans cette bonjour merci facture paiement cordialement madame monsieur avons sera ci joint salutations paye regle virement semaine demain il elle je on que qui du au aux sur par ou et en un mais plus nos vos ces ses mon ma tout bien fait peut pouvez etre cela ce se si donc depuis sans toujours lundi vendredi mardi jeudi montant',
  de: 'der die das und wir ihr ihre ihnen nicht ist sind wird werden fur mit bitte danke rechnung zahlung grusse grussen sehr geehrte hallo anbei haben uberwiesen bezahlt woche morgen freitag montag zum vom ich sie den dem ein eine einen auf von auch noch nur wie dass aber oder nach bei aus im am schon mal kein keine mein wenn dann hier diese dieser uns unsere wurde kann sein war gerne es betrag gruss',
  pl: 'nie jest sie prosze dzien dobry faktura faktury fakture platnosc przelew pozdrawiam dziekuje panstwa czy za na dla oraz ze zostala zaplacimy zaplacona tygodniu jutro bedzie mamy nasz jestem sa tego tym jak po przed tylko jeszcze juz byc moge mozna ktory przez od u pan pani mi nam to byla bylo ale wiec pod przy bardzo jego tej jako dni kwota prosimy witam',
  en: 'the and we you your our not is are will with for this please thanks thank invoice payment regards dear hello hi paid pay been have has by next week tomorrow friday monday of to it that would could as at but an was were so can do my me us they there which what when about just still any some out up if how did had from or i his her',
  es: 'el los las una nosotros usted su nuestra no es para con esta buenos dias gracias factura pago saludos hemos sera adjunto semana manana pagado transferencia por que del al se lo pero como mas muy este ya si son ha han les hola saludo podemos puede cuando nos mi',
  it: 'il gli una noi voi vostra nostra non per con questa buongiorno grazie fattura pagamento saluti abbiamo sara allegato settimana domani pagato bonifico della alla del che di la un al dal nel sono ha hanno ma come piu se ci vi lo questo quando possiamo potete mi nostro essere anche',
}
const languagesOfWord = new Map<string, ReadLanguage[]>()
for (const language of readLanguages) {
  for (const word of smallWords[language].split(' ')) languagesOfWord.set(word, [...(languagesOfWord.get(word) ?? []), language])
}

type Detector = typeof import('eld/small').eld
let detector: Promise<Detector> | undefined // a third of a second to load: only when the first mail needs it

const loadDetector = async (): Promise<Detector> => {
  const { eld } = await import('eld/small')
  const own = eld.newInstance()
  own.setLanguageSubset([...readLanguages])
  return own
}

/** Beyond this nothing is read: looking for addresses in one endless word takes time that grows with its square. */
const mostRead = 4000
const longEnough = 500
const shortText = 25

/** The language of a mail (ISO 639-1, one of the seven that Duncan reads), or `und` when the text does not tell. */
export const detectLanguage = async (text: string, subject = ''): Promise<string> => {
  const body = readable(text.slice(0, mostRead)).slice(0, longEnough)
  if (letters(body) >= shortText) return decide(body)
  const alone = votes(body)
  if (alone.best !== undefined && alone.margin >= 2) return alone.best
  return decide(`${body}\n${readable(subject.slice(0, mostRead))}`)
}

const clearLead = 0.12

const decide = async (sample: string): Promise<string> => {
  const vote = votes(sample)
  if (vote.best !== undefined && vote.margin >= 3) return vote.best
  // Names alone ("Jan de Vries Transport BV") look like a language without being one.
  if (vote.margin < 2 && !/(?:^|[\s,.!?])\p{Ll}{3,}/u.test(sample)) return 'und'
  detector ??= loadDetector()
  const result = (await detector).detect(sample)
  if (vote.best === result.language) return result.language
  if (result.language === '' || !result.isReliable()) return vote.best ?? 'und'
  const [first = 0, second = 0] = Object.values(result.getScores()).toSorted((a, b) => b - a)
  if (first - second >= clearLead) return result.language
  return vote.best ?? (letters(sample) >= shortText ? result.language : 'und')
}

type Votes = { best: ReadLanguage | undefined; margin: number }

const votes = (sample: string): Votes => {
  const counts = new Map<ReadLanguage, number>()
  for (const [word] of sample.matchAll(/\p{L}+/gu)) {
    const languages = languagesOf(word)
    for (const language of languages) counts.set(language, (counts.get(language) ?? 0) + 1 / languages.length)
  }
  const [first, second] = [...counts].toSorted((a, b) => b[1] - a[1])
  if (first === undefined) return { best: undefined, margin: 0 }
  const margin = first[1] - (second?.[1] ?? 0)
  return { best: margin > 0 ? first[0] : undefined, margin }
}

const longestSmallWord = 20
const noLanguages: ReadLanguage[] = []
const languagesOf = (word: string): ReadLanguage[] => (word.length > longestSmallWord ? noLanguages : (languagesOfWord.get(foldKnown(word)) ?? noLanguages))

const readable = (text: string): string => text.replace(/\S*(?:@|:\/\/|\d)\S*/g, ' ')

const letters = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0
