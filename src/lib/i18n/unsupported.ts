import type { Language } from '#contract/text.ts'

/** Said in all three at once: a browser that cannot run the app may not fetch another language either. */
export const unsupported: Readonly<Record<Language, { title: string; text: string }>> = {
  fi: {
    title: 'Tämä selain ei riitä',
    text: 'Kotikäynti tarvitsee ajantasaisen selaimen ja suojatun yhteyden (https), jotta asiakkaiden tiedot pysyvät turvassa. Päivitä selain tai avaa Kotikäynti toisella laitteella.'
  },
  sv: {
    title: 'Den här webbläsaren räcker inte',
    text: 'Kotikäynti behöver en uppdaterad webbläsare och en skyddad förbindelse (https) för att klienternas uppgifter ska vara trygga. Uppdatera webbläsaren eller öppna Kotikäynti på en annan enhet.'
  },
  en: {
    title: 'This browser is not enough',
    text: 'Kotikäynti needs an up-to-date browser and a secure connection (https) to keep the clients’ data safe. Update the browser, or open Kotikäynti on another device.'
  }
}
