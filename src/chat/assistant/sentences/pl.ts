import type { Sentences } from '../read-sentence.ts'

/** What people ask in Polish. */
export const sentencesPl: Sentences = {
  polite: /^(?:cześć|hej|dzień dobry|duncan|proszę|powiedz(?: mi)?|pokaż(?: mi)?|czy możesz|chcę wiedzieć)(?=[\s,:])[\s,:]*/iu,
  thanks: /[\s,]+(?:proszę|dziękuję|dzięki|dzisiaj|dziś|teraz)$/iu,
  debtor: [
    /^(?:ile|co) (?:nam )?(?:jest )?(?:nam )?(?:winien|winna|winni|dłużny|dłużna|zalega)(?: nam)? (.+)$/iu,
    /^ile (.+?) (?:jest )?nam (?:jest )?(?:winien|winna|winni|dłużny|dłużna|zalega)$/iu,
    /^co (?:jest|pozostaje) (?:jeszcze )?(?:otwarte|niezapłacone|zaległe|do zapłaty) (?:u|od|dla) (.+)$/iu,
    /^(?:saldo|stan|status|sytuacja|karta) (?:firmy |klienta |dłużnika )?(.+)$/iu,
    /^co z (.+)$/iu,
    /^czy (.+?) (?:już )?zapłacił[ao]?$/iu,
    /^kiedy (?:za)?płaci (.+)$/iu,
  ],
  inbox: [/^(?:ostatnie )?(?:maile|mejle|e-?maile|wiadomości) (?:od )?(.+)$/iu, /^co napisał[ao]? (.+)$/iu],
  mine: [/^co (?:na mnie czeka|czeka na mnie)$/iu, /^co mam (?:z)?robić$/iu, /^(?:moja|moje) (?:lista|kolejka|zadania|praca)$/iu],
  team: [/^co czeka(?: na (?:nas|zespół|decyzję))?$/iu, /^lista(?: zespołu)?$/iu],
  cover: [/^kto (?:jest )?(?:nieobecny|chory|na urlopie)$/iu, /^kto zastępuje .+$/iu, /^kogo nie ma$/iu],
  risk: [/^ryzyk[oa](?: portfela)?$/iu, /^co jest zagrożone$/iu, /^gdzie (?:jest|są) (?:nasze )?ryzyk[oa]$/iu],
  riskOf: [/^ryzyko (?:firmy |klienta |dłużnika |u )?(.+)$/iu],
  report: [/^(?:raport|liczby|wskaźniki)$/iu, /^jak nam idzie$/iu],
  tasks: [/^(?:otwarte zadania|telefony)(?: na dziś)?$/iu, /^do kogo (?:mam )?(?:za)?dzwonić$/iu],
  promise: [/^(?:zapisz|zarejestruj) obietnicę(?: zapłaty)? (?:firmy |od |klienta )?(.+)$/iu, /^(.+?) obieca[lł][ao]? zapłacić$/iu],
  dispute: [/^(?:otwórz|zapisz|zarejestruj) spór (?:z |firmy |klienta )?(.+)$/iu, /^(.+?) kwestionuje fakturę$/iu],
  hold: [/^wstrzymaj monity (?:do |dla |wobec )?(?:firmy |klienta )?(.+)$/iu],
  why: [/^dlaczego (?:propozycja |numer )?#?(\d{1,9})$/iu],
  home: [/^(?:moje )?ustawienia$/iu, /^moja strona$/iu],
  help: [/^pomoc$/iu, /^co (?:potrafisz|umiesz)$/iu],
  change: [/^(?:zatwierdź|odrzuć|wyślij|odpowiedz|zdecyduj|wstrzymaj|zakwestionuj)(?=\s|$)/iu],
}
