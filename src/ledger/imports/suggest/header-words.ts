/**
 * What programs call the fields in Dutch, German, French, Polish and English, among them Exact, AFAS, Twinfield, SAP, Navision and
 * Business Central, DATEV, Sage and Comarch. Written as `plainHeader` leaves them: no accents, spaces or signs.
 */
const words: Record<string, string> = {
  administration:
    'administratie administratiecode boekhouding divisie division company companycode cocd bukrs buchungskreis mandant mandantnr dossier societe codesociete entity entiteit legalentity spolka jednostka businessunit kodfirmy administrationcode book',
  debtor_number:
    'debiteur debiteurnr debiteurnummer debiteurcode debnr klant klantnr klantnummer klantcode klantid relatie relatienr relatienummer relatiecode debtor debtorno debtornr debtornumber debtorcode debtorid customer customerno customernr customernumber customercode customerid custno custid cust account accountno accountnr accountnumber accountcode billtocustomerno selltocustomerno customeraccount clientno clientnumber kunde kundennr kundennummer kundenkonto kundencode kdnr knr kunnr debitor debitornr debitorennr debitorennummer debitorenkonto personenkonto konto kontonr kontonummer debitorkonto client codeclient numeroclient noclient nclient numclient refclient compteclient compteauxiliaire comptetiers codetiers ncompte compte numerodecompte klient nrklienta numerklienta kodklienta idklienta kodkontrahenta nrkontrahenta numerkontrahenta idkontrahenta akronim kntakronim knt symbolkontrahenta',
  debtor_name:
    'naam naamdebiteur debiteurnaam klantnaam naamklant relatienaam naamrelatie bedrijfsnaam bedrijf organisatie name name1 customername debtorname companyname accountname clientname organisation organization billtoname selltocustomername kundenname kunde1 namekunde firma firmenname firmierung debitorname debitorenname bezeichnung kontobezeichnung kontobeschriftung namedebitor nom nomclient nomduclient raisonsociale intitule intitulecompte denomination tiers nomtiers libelletiers nazwa nazwaklienta nazwafirmy kontrahent nazwakontrahenta odbiorca nabywca platnik kntnazwa',
  country:
    'land landcode landencode country countrycode countryregioncode countryiso land1 landkz lk staat laenderkennzeichen landerkennzeichen pays codepays kraj kodkraju kodkrajuiso',
  language: 'taal taalcode language languagecode lang sprache sprachcode sprachschluessel spras langue codelangue jezyk kodjezyka',
  email:
    'email emailadres emailadressen emailaddress emailfactuur factuuremail mailadres mail emailinvoice invoiceemail billingemail emailadresse mailadresse rechnungsemail smtpaddr courriel adressemail adresseemail emailclient adresemail adresyemail emailklienta email1 emaildebiteur',
  phone:
    'telefoon telefoonnr telefoonnummer tel telnr phone phoneno phonenumber telephone telephoneno telefon telefonnr telefonnummer telf1 rufnummer numerodetelephone ntelephone numertelefonu nrtelefonu mobiel gsm mobile mobil',
  contact_name:
    'contact contactpersoon contactname contactperson contactnaam tav attn attention ansprechpartner kontaktperson kontakt zhd interlocuteur nomcontact personnedecontact osobakontaktowa kontaktnazwa osobadokontaktu',
  address:
    'adres adresregel adresregels adresregel1 adres1 postadres factuuradres bezoekadres correspondentieadres addressline addressline1 address1 postaladdress mailingaddress billingaddress billtoaddress invoiceaddress anschrift adresse adressedefacturation adressepostale adresse1 postanschrift rechnungsadresse adreskorespondencyjny adrespocztowy adresdokorespondencji adresklienta',
  street:
    'straat straatnaam straathuisnummer straatenhuisnummer straatennummer streetname streetaddress streetandnumber strasse str strassehausnummer strassehausnr strassenr strasseundhausnummer stras rue voie nomvoie numeroetrue numeroetvoie ruenumero ulica ulicainumer ulicanumer ulicanr',
  house_number: 'huisnummer huisnr housenumber houseno housenr hausnummer hausnr hsnr numerodevoie numerovoie numerorue nrdomu numerdomu nrbudynku',
  postcode: 'postkode postalcode postcod zip zipcode plz postleitzahl pstlz codepostal cp kodpocztowy kodpoczt pna',
  city: 'plaats plaatsnaam woonplaats vestigingsplaats stad gemeente town towncity placename ort wohnort stadt ort01 ortschaft ville commune localite miasto miejscowosc poczta',
  company_number:
    'kvk kvknr kvknummer ondernemingsnr ondernemingsnummer companynumber companyno companyregno companyregistrationno registrationno registrationnumber crn handelsregister handelsregisternr handelsregisternummer hrb hrnummer hr siren siret nsiren nsiret numeroentreprise nentreprise rcs bce krs nrkrs regon numerregon',
  vat_number:
    'btw btwnr btwnummer btwid vat vatno vatnr vatnumber vatid vatregno vatregistrationno taxid taxregistrationno ust ustid ustidnr umsatzsteuerid umsatzsteueridnr stceg tva ntva numerotva tvaintra tvaintracommunautaire numerotvaintracommunautaire nip nrnip numernip nipue nrvatue',
  legal_form: 'rechtsvorm legalform legalentitytype rechtsform formejuridique formaprawna',
  group:
    'groep klantgroep debiteurengroep concern customergroup group parent parentcompany gruppe konzern kundengruppe debitorengruppe groupe grupa grupaklientow',
  collector:
    'collector creditcontroller creditmanager behandelaar debiteurenbeheerder incassant sachbearbeiter zustaendig betreuer gestionnaire chargederecouvrement recouvreur opiekun windykator prowadzacy',
  payment_reference:
    'betalingskenmerk betaalkenmerk betaalreferentie ogm gestructureerdemededeling mededeling paymentreference paymentref structuredcommunication remittancereference zahlungsreferenz referencepaiement referencedepaiement communicationstructuree tytulplatnosci referencjaplatnosci kidnumber',
  credit_limit:
    'kredietlimiet kredietlimit creditlimit creditlimiet limiet limit kreditlimit kreditlinie kreditrahmen plafond plafondcredit plafonddecredit limitecredit limitedecredit encoursautorise limitkredytowy limitkupiecki',
  insured_limit:
    'verzekerdelimiet verzekerdbedrag verzekerdekredietlimiet insuredlimit insuredamount insurancelimit creditinsurancelimit versicherungslimit versicherteslimit versicherungssumme limiteassuree montantassure encoursassure limitubezpieczony limitubezpieczenia',
  insurer: 'verzekeraar kredietverzekeraar insurer creditinsurer versicherer kreditversicherer warenkreditversicherer assureur assureurcredit ubezpieczyciel',
  limit_currency: 'valutalimiet muntlimiet limitcurrency limitwaehrung limitwahrung devisedelalimite deviselimite walutalimitu',
  invoice_number:
    'factuur factuurnr factuurnummer faktuurnr faktuurnummer factnr fctnr boekstuk boekstuknr boekstuknummer bkstnr onzeref onzereferentie invoice invoiceno invoicenr invoicenumber invoiceid inv invno document documentno documentnr documentnumber docno docnr doc documentid ourref ourreference beleg belegnr belegnummer belegnummer1 belegfeld1 rechnung rechnungnr rechnungsnr rechnungsnummer rechnr rgnr renr rechnungno belnr xblnr facture nfacture numfacture numerofacture numerodefacture nofacture npiece numeropiece piece referencepiece refpiece faktura nrfaktury numerfaktury faktury nrdokumentu numerdokumentu dokument dokumentnr nrdok numerobcy',
  invoice_date:
    'datum factuurdatum faktuurdatum datumfactuur boekdatum boekingsdatum documentdatum date invoicedate invdate dateinvoice documentdate docdate postingdate issuedate dateissued rechnungsdatum rechdatum rgdatum belegdatum belegdat bldat budat buchungsdatum datumrechnung datefacture datedefacture datepiece datedepiece dateemission datecomptable datedefacturation data datafaktury datawystawienia datadokumentu datawyst',
  due_date:
    'vervaldatum vervaldag vervalt datumverval uiterstebetaaldatum betalenvoor due duedate dateduedate duedt netduedate paymentdue paymentduedate payby payableby maturitydate faelligkeit falligkeit faelligkeitsdatum falligkeitsdatum faellig fallig faelligam falligam faelligkeitam nettofaelligkeit nettofalligkeit netdt zfbdt zahlbarbis zahlungsziel faelligkeitdatum echeance dateecheance datedecheance dateech payableavant termin terminplatnosci terminzaplaty dataplatnosci datawymagalnosci platnedo terminpl',
  amount:
    'debet debit soll betragsoll bedragdebet debetbedrag montantdebit bedrag factuurbedrag faktuurbedrag bedragincl bedraginclbtw totaal totaalbedrag totaalincl origineelbedrag oorspronkelijkbedrag bruto brutobedrag amount invoiceamount invoicetotal originalamount amountinclvat amountincludingvat grossamount gross total totalamount totalinclvat value betrag rechnungsbetrag rechbetrag bruttobetrag brutto belegbetrag gesamtbetrag ursprungsbetrag wrbtr dmbtr umsatz umsatzbrutto betraginhauswaehrung betraginhw betragbrutto montant montantttc montantfacture montanttotal montantinitial montantorigine totalttc ttc kwota kwotabrutto kwotafaktury wartosc wartoscbrutto brutton sumabrutto',
  credit_amount: 'credit credits haben betraghaben creditbedrag bedragcredit montantcredit kwotama',
  debit_credit:
    'sollhaben sollhabenkennzeichen sollhabenkz shkennzeichen shkz shkzg sh dc cd debetcredit debitcredit debitcreditindicator drcr crdr debitoucredit sens wnma',
  open_amount:
    'openstaand openstaandbedrag bedragopenstaand openbedrag open openpost saldo openstaandsaldo restbedrag restant nogtebetalen outstanding outstandingamount amountoutstanding remaining remainingamount remainingamt openamount openbalance balance balancedue amountdue unpaid unpaidamount offen offenerbetrag betragoffen offenerposten offenersaldo nochoffen restbetrag restsaldo saldooffen opbetrag resteapayer restedu reste solde soldedu montantrestant montantdu montantouvert ouvert pozostalo pozostaje pozostalodozaplaty pozostalakwota kwotapozostala kwotapozostalo dozaplaty niezaplacono nieuregulowano zostalo',
  currency:
    'valuta valutacode munt muntcode muntsoort currency currencycode curr cur ccy waehrung wahrung waehrungscode wahrungscode whrg wkz waers devise codedevise monnaie waluta kodwaluty',
  po_number:
    'po ponumber pono ponr purchaseorder purchaseorderno purchaseordernumber customerpo customerreference customerref yourreference yourref uwreferentie uwref uwkenmerk kenmerk klantreferentie inkoopnummer inkoopordernummer inkooporder bestelnummer besteln externaldocumentno ihrereferenz ihrzeichen ihrebestellung bestellnr bestellnummer kundenreferenz bstkd bondecommande ncommandeclient votrereference votreref referenceclient nrzamowieniaklienta zamowienieklienta nrzamklienta',
  order_number:
    'order orderno ordernr ordernumber ordernummer salesorder salesorderno verkooporder verkoopordernummer auftrag auftragsnr auftragsnummer vbeln commande ncommande numerocommande nrzamowienia numerzamowienia zamowienie',
}

/** Field -> its names. */
export const headerWords: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(words).map(([field, names]) => [field, [field.replaceAll('_', ''), ...names.split(' ')]]),
)

/** A header without accents, case, spaces and signs, as the words above are written. */
const plainHeader = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .replaceAll('№', 'nr')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\bn[°º]/g, 'n')
    .replace(/[^\p{L}\p{N}]/gu, '') // prettier-ignore

const shortestPart = 5

/** How well a header names a field: 1 when it is one of its names, less when it holds one. */
export function headerScore(header: string, field: string): number {
  const plain = plainHeader(header)
  if (plain === '') return 0
  const names = headerWords.get(field) ?? []
  if (names.includes(plain)) return 1
  const held = names.filter(name => name.length >= shortestPart && plain.includes(name)).map(name => name.length + (plain.startsWith(name) ? 2 : 0))
  if (held.length > 0) return Math.min(0.95, 0.55 + (0.35 * Math.max(...held)) / plain.length)
  return plain.length >= shortestPart && names.some(name => name.startsWith(plain)) ? 0.6 : 0
}
