import type { Language } from '#contract/text.ts'

type InAll = Readonly<Record<Language, { title: string; text: string }>>

/** Said in all three at once: a browser that cannot run the app may not fetch another language either. */
export const unsupported: Readonly<Record<'connection' | 'browser', InAll>> = {
  connection: {
    fi: {
      title: 'Yhteys ei ole suojattu',
      text: 'Kotikäynti toimii vain suojatulla yhteydellä, jotta asiakkaiden tiedot pysyvät turvassa. Avaa osoite, jonka alussa on https.'
    },
    sv: {
      title: 'Förbindelsen är inte skyddad',
      text: 'Kotikäynti fungerar bara med en skyddad förbindelse, så att klienternas uppgifter är trygga. Öppna adressen som börjar med https.'
    },
    en: {
      title: 'The connection is not secure',
      text: 'Kotikäynti works over a secure connection only, to keep the clients’ data safe. Open the address that begins with https.'
    }
  },
  browser: {
    fi: {
      title: 'Tämä selain ei riitä',
      text: 'Selain ei osaa suojata ja säilyttää asiakkaiden tietoja. Päivitä se, tai avaa Kotikäynti uusimmalla Chromella, Edgellä tai Firefoxilla, iPadilla Safarilla.'
    },
    sv: {
      title: 'Den här webbläsaren räcker inte',
      text: 'Webbläsaren kan inte skydda och bevara klienternas uppgifter. Uppdatera den, eller öppna Kotikäynti i den nyaste Chrome, Edge eller Firefox, på iPad i Safari.'
    },
    en: {
      title: 'This browser is not enough',
      text: 'The browser cannot protect and keep the clients’ data. Update it, or open Kotikäynti in the newest Chrome, Edge or Firefox, on an iPad in Safari.'
    }
  }
}

/** What was written before the browser fell behind is not lost with it. */
export const rescueLink: Readonly<Record<Language, string>> = {
  fi: 'Hae laitteelta kirjaukset, joita ei ole lähetetty',
  sv: 'Hämta de anteckningar på enheten som inte har skickats',
  en: 'Fetch the notes on this device that have not been sent'
}
