type NonEmpty<T> = readonly [T, ...T[]];

/** What the customers of one locale read and write in the shop. */
export interface Locale {
  /** e.g. `en-US` */
  readonly code: string;
  readonly country: string;
  readonly currency: string;
  /** Approximate number of the currency's smallest units (cents, yen ...) in one US dollar. */
  readonly rate: number;
  readonly nicknames: NonEmpty<string>;
  readonly products: NonEmpty<string>;
  readonly queries: NonEmpty<string>;
  readonly sentences: NonEmpty<string>;
}

export const locales: NonEmpty<Locale> = [
  {
    code: "en-US",
    country: "US",
    currency: "USD",
    rate: 100,
    nicknames: ["quiet_otter", "paper_moon", "tea_and_rain", "bookish"],
    products: ["Enamel mug", "Field notebook", "Wool blanket", 'Desk lamp, "Harbor"', "Hiking map"],
    queries: ["warm blanket", "notebook dotted A5", "gift under $20", 'lamp "harbor"', "mugs"],
    sentences: [
      "It arrived two days early and looks exactly like the pictures.",
      "The handle is a little small for my hands, but I use it every day.",
      "Would buy it again 👍",
      "After three washes the color is still the same.",
      'My daughter said: "Best present ever!"',
    ],
  },
  {
    code: "de-DE",
    country: "DE",
    currency: "EUR",
    rate: 92,
    nicknames: ["leseratte", "möwenfeder", "waldläufer", "teetrinkerin"],
    products: [
      "Emaillebecher",
      "Notizbuch für unterwegs",
      "Wolldecke",
      "Schreibtischlampe „Hafen“",
      "Wanderkarte Süd",
    ],
    queries: [
      "wolldecke groß",
      "geschenk für oma",
      "notizbuch gepunktet",
      "schreibtischlampe",
      "tassen",
    ],
    sentences: [
      "Die Lieferung kam schneller als angekündigt, und alles war gut verpackt.",
      "Schöne Farbe, aber die Größe fällt etwas kleiner aus.",
      "Für den Preis völlig in Ordnung.",
      "Nach drei Wäschen sieht die Decke noch aus wie neu.",
      "Meine Oma hat sich sehr darüber gefreut 😊",
    ],
  },
  {
    code: "fr-FR",
    country: "FR",
    currency: "EUR",
    rate: 92,
    nicknames: ["étoile_du_nord", "café_crème", "lectrice", "forêt_bleue"],
    products: [
      "Tasse émaillée",
      "Carnet de voyage",
      "Couverture en laine",
      "Lampe de bureau « Port »",
      "Carte de randonnée",
    ],
    queries: [
      "couverture chaude",
      "idée cadeau noël",
      "carnet à points",
      "lampe de bureau",
      "tasses",
    ],
    sentences: [
      "Le colis est arrivé très vite et rien n'était abîmé.",
      "La couleur est superbe, même après plusieurs lavages.",
      "Un peu cher, mais la qualité est là.",
      "Je l'ai offert à ma sœur, elle était ravie 🎁",
      "Ça ressemble tout à fait aux photos.",
    ],
  },
  {
    code: "pl-PL",
    country: "PL",
    currency: "PLN",
    rate: 395,
    nicknames: ["żółta_łódka", "czytelniczka", "leśna_ścieżka", "herbaciarz"],
    products: [
      "Kubek emaliowany",
      "Notes podróżny",
      "Wełniany koc",
      "Lampka biurkowa „Port”",
      "Mapa turystyczna",
    ],
    queries: ["ciepły koc", "prezent dla babci", "notes w kropki", "lampka na biurko", "kubki"],
    sentences: [
      "Przesyłka przyszła szybciej, niż się spodziewałam.",
      "Świetna jakość, polecam każdemu.",
      "Kolor trochę ciemniejszy niż na zdjęciu, ale też ładny.",
      "Koc jest bardzo ciepły i miły w dotyku 🧶",
      "Za tę cenę naprawdę warto.",
    ],
  },
  {
    code: "ja-JP",
    country: "JP",
    currency: "JPY",
    rate: 150,
    nicknames: ["静かな森", "本の虫", "お茶時間", "青い空"],
    products: [
      "ホーローのマグカップ",
      "旅のノート",
      "ウールの毛布",
      "デスクランプ「港」",
      "登山地図",
    ],
    queries: ["暖かい毛布", "プレゼント 母", "ドット ノート", "デスクランプ", "マグカップ"],
    sentences: [
      "思ったより早く届きました。",
      "色がとてもきれいで、写真の通りです。",
      "少し小さいですが、毎日使っています。",
      "母への贈り物にしました。とても喜んでくれました🎉",
      "この値段なら満足です。",
    ],
  },
  {
    code: "ar-EG",
    country: "EG",
    currency: "EGP",
    rate: 4800,
    nicknames: ["قمر_هادئ", "صديق_الكتب", "نجمة_الصباح", "شاي_ونعناع"],
    products: [
      "كوب مطلي بالمينا",
      "دفتر السفر",
      "بطانية صوف",
      "مصباح مكتب «الميناء»",
      "خريطة المشي",
    ],
    queries: ["بطانية دافئة", "هدية لأمي", "دفتر منقط", "مصباح مكتب", "أكواب"],
    sentences: [
      "وصل الطلب بسرعة والتغليف كان ممتازا.",
      "اللون جميل جدا ويشبه الصور تماما.",
      "الحجم أصغر قليلا مما توقعت.",
      "اشتريته هدية لأختي وأعجبها كثيرا 🌹",
      "السعر مناسب لهذه الجودة.",
    ],
  },
  {
    code: "hi-IN",
    country: "IN",
    currency: "INR",
    rate: 8300,
    nicknames: ["शांत_नदी", "किताबी_कीड़ा", "सुबह_की_चाय", "नीला_आसमान"],
    products: ["इनेमल मग", "यात्रा डायरी", "ऊनी कंबल", "टेबल लैंप", "ट्रेकिंग का नक्शा"],
    queries: ["गरम कंबल", "माँ के लिए उपहार", "नोटबुक", "टेबल लैंप", "मग"],
    sentences: [
      "सामान समय से पहले पहुँच गया।",
      "रंग बहुत सुंदर है, बिल्कुल तस्वीर जैसा।",
      "आकार थोड़ा छोटा है, पर काम अच्छा करता है।",
      "मैंने यह अपनी बहन को उपहार में दिया, उसे बहुत पसंद आया 🪔",
      "इस दाम में बढ़िया चीज़ है।",
    ],
  },
];
