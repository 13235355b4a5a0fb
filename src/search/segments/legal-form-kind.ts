/** Whose money is asked for: a company's, one person's in business, or a private person's. */
export type LegalFormKind = 'company' | 'sole_trader' | 'private'

const words = (list: string): Set<string> => new Set(list.split(','))

// As ledgers of the Netherlands, Belgium, France, Germany, Poland and the United Kingdom write them; letters only, upper case.
const soleTraders = words(
  'EENMANSZAAK,EMZ,EENMANSBEDRIJF,ZZP,ENTREPRISEINDIVIDUELLE,EI,EIRL,MICROENTREPRENEUR,AUTOENTREPRENEUR,EINZELUNTERNEHMEN,EINZELFIRMA,EK,EKFM,EKFR,JDG,JEDNOOSOBOWADZIALALNOSCGOSPODARCZA,SOLETRADER,SOLEPROPRIETOR,PERSONNEPHYSIQUE,NATUURLIJKPERSOONONDERNEMER',
)
const privatePersons = words('PRIVATE,PRIVATEPERSON,PARTICULIER,PRIVEPERSOON,CONSUMENT,PRIVATPERSON,OSOBAPRYWATNA,OSOBAFIZYCZNA,CONSUMER,NATUURLIJKPERSOON')
const companies = words(
  'BV,BVBA,NV,VOF,CV,CVBA,GCV,COMMV,VZW,STICHTING,COOPERATIE,SARL,SAS,SASU,SA,EURL,SNC,SCI,SCA,SPRL,SRL,SC,SCRL,ASBL,GMBH,GMBHCOKG,UG,UGHAFTUNGSBESCHRANKT,AG,KG,KGAA,OHG,GBR,EG,EV,SPZOO,SPZOOSPK,SPK,SPJ,SPP,LTD,LIMITED,PLC,LLP,LP,CIC,SE,INC,LLC,AB,OY,APS,AS',
)

/** What kind of party a legal form is of, as a ledger writes it; undefined for one that is not known. Pure. */
export function legalFormKind(form: string): LegalFormKind | undefined {
  const letters = form.replaceAll('ł', 'l').replaceAll('Ł', 'L').normalize('NFKD').replaceAll(/\P{L}/gu, '').toUpperCase()
  if (soleTraders.has(letters)) return 'sole_trader'
  if (privatePersons.has(letters)) return 'private'
  return companies.has(letters) ? 'company' : undefined
}
