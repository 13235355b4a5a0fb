import type { Sentences } from '../read-sentence.ts'

/** What people ask in Dutch. */
export const sentencesNl: Sentences = {
  polite: /^(?:dag|hallo|hoi|goedemorgen|duncan|kun je|kunt u|zeg(?: me)?|toon(?: me)?|geef(?: me)?|ik wil weten|weet je)(?=[\s,:])[\s,:]*/iu,
  thanks: /[\s,]+(?:alstublieft|alsjeblieft|aub|a\.u\.b|bedankt|dank je|vandaag|nu)$/iu,
  debtor: [
    /^(?:wat|hoeveel) (?:staat|is) er (?:nog )?(?:open|openstaand|vervallen|onbetaald) (?:bij|van|voor|aan|op) (.+)$/iu,
    /^(?:wat|hoeveel) (?:is|moet|zijn) (.+?) (?:ons )?(?:nog )?(?:schuldig|verschuldigd|betalen)$/iu,
    /^(?:het |de )?(?:saldo|status|stand|toestand|overzicht|kaart) van (.+)$/iu,
    /^hoe (?:staat|zit) het met (.+)$/iu,
    /^heeft (.+?) (?:ons )?(?:al |reeds )?betaald$/iu,
    /^wanneer betaalt (.+)$/iu,
  ],
  inbox: [
    /^(?:de )?(?:laatste )?(?:mails?|e-?mails?|berichten) van (.+)$/iu,
    /^wat (?:schreef|zei) (.+)$/iu,
    /^wat heeft (.+?) (?:geschreven|gezegd|gestuurd)$/iu,
  ],
  mine: [/^wat (?:wacht|ligt|staat) (?:er )?(?:op|voor|bij) mij$/iu, /^wat moet ik (?:nog )?doen$/iu, /^mijn (?:lijst|stapel|taken|acties|werk)$/iu],
  team: [/^wat wacht(?: er)?(?: (?:op|voor) (?:ons|het team|een beslissing))?$/iu, /^(?:de )?(?:lijst|stapel)(?: van het team)?$/iu],
  cover: [/^wie is (?:er )?(?:weg|afwezig|ziek|met verlof|met vakantie)$/iu, /^wie (?:vervangt|neemt .+ over van) .+$/iu],
  risk: [
    /^(?:de |het )?(?:risico['’]?s?|portefeuillerisico)$/iu,
    /^wat staat (?:er )?op het spel$/iu,
    /^waar (?:zit|zitten|ligt|liggen) (?:het|de|onze) risico['’]?s?$/iu,
  ],
  riskOf: [/^(?:het )?risico (?:van|bij|op) (.+)$/iu, /^hoe riskant is (.+)$/iu],
  report: [/^(?:de |het |onze |mijn )?(?:rapport|verslag|cijfers)$/iu, /^hoe doen we het$/iu],
  tasks: [/^(?:de )?(?:open )?(?:belafspraken|telefoontjes)$/iu, /^wie moet ik bellen$/iu, /^(?:de )?open taken$/iu],
  promise: [
    /^(?:registreer|noteer|leg) (?:een |de )?(?:betaal)?belofte (?:van|voor) (.+?)(?: vast)?$/iu,
    /^(.+?) (?:heeft beloofd te betalen|belooft te betalen)$/iu,
  ],
  dispute: [/^(?:open|registreer|noteer) (?:een |de )?betwisting (?:van|voor|bij) (.+)$/iu, /^(.+?) betwist (?:een|de) factuur$/iu],
  hold: [
    /^(?:stop|pauzeer) (?:de )?(?:aanmaningen|herinneringen) (?:voor|aan|van|bij) (.+)$/iu,
    /^zet (?:de )?(?:aanmaningen|herinneringen) (?:voor|aan|van|bij) (.+?) stil$/iu,
  ],
  why: [/^waarom (?:voorstel |nummer )?#?(\d{1,9})$/iu],
  home: [/^(?:mijn )?(?:instellingen|voorkeuren|pagina)$/iu],
  help: [/^hulp$/iu, /^wat (?:kun|kan|kunt) (?:je|u)(?: allemaal)?$/iu],
  change: [/^(?:keur|goedkeuren|weiger|verwerp|beslis|stuur|verstuur|antwoord|betwist|pauzeer)(?=\s|$)/iu],
}
