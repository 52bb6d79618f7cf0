/** The one file of the archive that opens without the passphrase: it tells how to open and check the rest. */
export function readMeText(number: string): string {
  return `${finnish(number)}\n\n----------------------------------------\n\n${swedish(number)}\n`.replaceAll(
    '\n',
    '\r\n'
  )
}

const finnish = (number: string) => `LUOVUTUSPAKETTI ${number}

Avaaminen
  Pakettiin kuuluu kaksi tiedostoa: ${number}.pdf (luettava asiakirja) ja
  ${number}.zip (tämä arkisto). Molemmat avaa sama salasana, joka kerrotaan
  toista kautta. Arkisto on salattu AES-256:lla; Windowsin oma purkutoiminto
  ei avaa sitä, mutta esimerkiksi 7-Zip avaa.

Sisältö
  record.json          asiakkuuden tiedot koneluettavina
  record.schema.json   edellisen rakenne (JSON Schema)
  usage-log.csv        kuka on käyttänyt tietoja, milloin ja mitä varten
  document-*           skannatut asiakirjat
  manifest.json        jokaisen tiedoston ja PDF-asiakirjan SHA-256-tiiviste
  manifest.sig         manifest.json-tiedoston Ed25519-allekirjoitus
  provider-key.pem     palveluntuottajan julkinen avain

Tarkistaminen
  openssl pkeyutl -verify -pubin -inkey provider-key.pem -rawin \\
    -in manifest.json -sigfile manifest.sig
  sha256sum *          (vertaa manifest.json-tiedostoon)
  Varmista avain palveluntuottajalta toista kautta.`

const swedish = (number: string) => `ÖVERLÄMNINGSPAKET ${number}

Att öppna
  Paketet består av två filer: ${number}.pdf (handlingen för läsning) och
  ${number}.zip (detta arkiv). Samma lösenord öppnar båda, och det meddelas
  på annat sätt. Arkivet är krypterat med AES-256; Windows egen uppackning
  öppnar det inte, men till exempel 7-Zip gör det.

Innehåll
  record.json          klientrelationens uppgifter i maskinläsbar form
  record.schema.json   strukturen för den förra (JSON Schema)
  usage-log.csv        vem som har använt uppgifterna, när och för vad
  document-*           skannade handlingar
  manifest.json        SHA-256-summan för varje fil och för PDF-handlingen
  manifest.sig         Ed25519-signaturen av manifest.json
  provider-key.pem     serviceproducentens publika nyckel

Att kontrollera
  openssl pkeyutl -verify -pubin -inkey provider-key.pem -rawin \\
    -in manifest.json -sigfile manifest.sig
  sha256sum *          (jämför med manifest.json)
  Säkerställ nyckeln hos serviceproducenten på annat sätt.`
