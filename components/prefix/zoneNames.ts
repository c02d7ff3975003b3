/** The name of a time zone at one of its offsets, e.g. `EST` and `Eastern Standard Time`. */
interface ZoneName {
  readonly short: string;
  /** Absent if Java releases print different names. */
  readonly long?: string;
}

/** By offset from UTC, e.g. `+01:00` or `Z`. */
export type ZoneNames = ReadonlyMap<string, ZoneName>;

/** The names of a time zone; undefined if Java releases print different ones. */
export function zoneNames(timeZone: string): ZoneNames | undefined {
  return namesOfZones.get(timeZone);
}

function readTable(table: string): ReadonlyMap<string, ZoneNames> {
  const zones = new Map<string, ZoneNames>();
  let names: ZoneNames = new Map();
  for (const line of table.trim().split("\n")) {
    if (!line.startsWith(" ")) names = readNames(line);
    else for (const zone of line.trim().split(" ")) zones.set(zone, names);
  }
  return zones;
}

function readNames(line: string): ZoneNames {
  return new Map(
    line.split(", ").map((entry) => {
      const [offset = "", short = "", ...long] = entry.split(" ");
      return [offset, long.length > 0 ? { short, long: long.join(" ") } : { short }];
    }),
  );
}

/**
 * Names of time zones, as `z` and `zzzz` print them, on which Java 17 (with CLDR's locale data and
 * with the data used before Java 9), Java 25 and the IANA database agree for all moments from 2019
 * to 2037.
 *
 * A line of offsets with their names, the long one only if they agree on it too, is followed by the
 * time zones that use them.
 */
const zoneNameTable = `
-11:00 SST
  Pacific/Midway Pacific/Pago_Pago Pacific/Samoa US/Samoa
-10:00 HST
  Pacific/Honolulu US/Hawaii
-09:00 AKST Alaska Standard Time, -08:00 AKDT Alaska Daylight Time
  America/Anchorage America/Juneau America/Nome America/Sitka America/Yakutat US/Alaska
-08:00 PST Pacific Standard Time, -07:00 PDT Pacific Daylight Time
  America/Ensenada America/Los_Angeles America/Tijuana America/Vancouver Canada/Pacific
  Mexico/BajaNorte US/Pacific
-08:00 PST, -07:00 PDT
  America/Santa_Isabel
-07:00 MST
  America/Hermosillo
-07:00 MST Mountain Standard Time
  America/Creston America/Dawson_Creek America/Fort_Nelson America/Phoenix US/Arizona
-07:00 MST Mountain Standard Time, -06:00 MDT Mountain Daylight Time
  America/Boise America/Cambridge_Bay America/Denver America/Edmonton America/Inuvik
  America/Shiprock America/Yellowknife Canada/Mountain US/Mountain
-07:00 MST, -06:00 MDT
  America/Mazatlan Mexico/BajaSur
-06:00 CST Central Standard Time
  America/Belize America/Costa_Rica America/El_Salvador America/Guatemala America/Managua
  America/Regina America/Swift_Current America/Tegucigalpa Canada/Saskatchewan
-06:00 CST Central Standard Time, -05:00 CDT Central Daylight Time
  America/Bahia_Banderas America/Chicago America/Indiana/Knox America/Indiana/Tell_City
  America/Knox_IN America/Matamoros America/Menominee America/Merida America/Mexico_City
  America/Monterrey America/North_Dakota/Beulah America/North_Dakota/Center
  America/North_Dakota/New_Salem America/Rainy_River America/Rankin_Inlet America/Resolute
  America/Winnipeg Canada/Central Mexico/General US/Central
-05:00 CST Cuba Standard Time, -04:00 CDT Cuba Daylight Time
  America/Havana
-05:00 EST Eastern Standard Time
  America/Atikokan America/Cancun America/Cayman America/Coral_Harbour America/Jamaica
  America/Panama
-05:00 EST Eastern Standard Time, -04:00 EDT Eastern Daylight Time
  America/Detroit America/Fort_Wayne America/Grand_Turk America/Indiana/Indianapolis
  America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Vevay
  America/Indiana/Vincennes America/Indiana/Winamac America/Indianapolis America/Iqaluit
  America/Kentucky/Louisville America/Kentucky/Monticello America/Louisville America/Montreal
  America/Nassau America/New_York America/Nipigon America/Pangnirtung America/Thunder_Bay
  America/Toronto Canada/Eastern US/Eastern US/Michigan
-04:00 AST Atlantic Standard Time
  America/Anguilla America/Antigua America/Aruba America/Barbados America/Curacao
  America/Dominica America/Grenada America/Guadeloupe America/Kralendijk America/Lower_Princes
  America/Marigot America/Martinique America/Montserrat America/Port_of_Spain
  America/Puerto_Rico America/Santo_Domingo America/St_Barthelemy America/St_Kitts
  America/St_Lucia America/St_Thomas America/St_Vincent America/Tortola America/Virgin
-04:00 AST Atlantic Standard Time, -03:00 ADT Atlantic Daylight Time
  America/Glace_Bay America/Goose_Bay America/Halifax America/Moncton America/Thule
  Atlantic/Bermuda Canada/Atlantic
-03:30 NST Newfoundland Standard Time, -02:30 NDT Newfoundland Daylight Time
  America/St_Johns Canada/Newfoundland
Z GMT
  Africa/Accra
Z GMT Greenwich Mean Time
  Africa/Abidjan Africa/Bamako Africa/Banjul Africa/Bissau Africa/Conakry Africa/Dakar
  Africa/Freetown Africa/Lome Africa/Monrovia Africa/Nouakchott Africa/Ouagadougou
  Africa/Timbuktu America/Danmarkshavn Atlantic/Reykjavik Atlantic/St_Helena
Z GMT Greenwich Mean Time, +01:00 BST British Summer Time
  Europe/Belfast Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/London
Z GMT, +01:00 IST
  Europe/Dublin
Z UTC Coordinated Universal Time
  UTC
Z WET, +01:00 WEST
  Atlantic/Canary Atlantic/Faeroe Atlantic/Faroe Atlantic/Madeira Europe/Lisbon
+01:00 CET
  Africa/Algiers Africa/Tunis
+01:00 CET, +02:00 CEST
  Africa/Ceuta Arctic/Longyearbyen Atlantic/Jan_Mayen Europe/Amsterdam Europe/Andorra
  Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Budapest
  Europe/Busingen Europe/Copenhagen Europe/Gibraltar Europe/Ljubljana Europe/Luxembourg
  Europe/Madrid Europe/Malta Europe/Monaco Europe/Oslo Europe/Paris Europe/Podgorica
  Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Stockholm
  Europe/Tirane Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsaw Europe/Zagreb
  Europe/Zurich
+01:00 WAT
  Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Lagos Africa/Libreville
  Africa/Luanda Africa/Malabo Africa/Ndjamena Africa/Niamey
+02:00 CAT
  Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Khartoum Africa/Kigali
  Africa/Lubumbashi Africa/Lusaka Africa/Maputo
+02:00 EET
  Africa/Tripoli Europe/Kaliningrad
+02:00 EET, +03:00 EEST
  Africa/Cairo Asia/Beirut Asia/Famagusta Asia/Gaza Asia/Hebron Asia/Nicosia Europe/Athens
  Europe/Bucharest Europe/Chisinau Europe/Helsinki Europe/Kiev Europe/Kyiv Europe/Mariehamn
  Europe/Nicosia Europe/Riga Europe/Sofia Europe/Tallinn Europe/Tiraspol Europe/Uzhgorod
  Europe/Vilnius Europe/Zaporozhye
+02:00 IST Israel Standard Time, +03:00 IDT Israel Daylight Time
  Asia/Jerusalem Asia/Tel_Aviv
+02:00 SAST South Africa Standard Time
  Africa/Johannesburg Africa/Maseru Africa/Mbabane
+03:00 EAT
  Africa/Addis_Ababa Africa/Asmara Africa/Asmera Africa/Dar_es_Salaam Africa/Djibouti
  Africa/Kampala Africa/Mogadishu Africa/Nairobi Indian/Antananarivo Indian/Comoro
  Indian/Mayotte
+03:00 MSK
  Europe/Kirov
+03:00 MSK Moscow Standard Time
  Europe/Moscow Europe/Simferopol
+05:00 PKT
  Asia/Karachi
+05:30 IST India Standard Time
  Asia/Calcutta Asia/Kolkata
+07:00 WIB
  Asia/Jakarta Asia/Pontianak
+08:00 AWST Australian Western Standard Time
  Australia/Perth Australia/West
+08:00 CST
  Asia/Taipei
+08:00 CST China Standard Time
  Asia/Chongqing Asia/Chungking Asia/Harbin Asia/Macao Asia/Macau Asia/Shanghai
+08:00 HKT
  Asia/Hong_Kong
+08:00 PST
  Asia/Manila
+08:00 WITA Central Indonesia Time
  Asia/Makassar Asia/Ujung_Pandang
+09:00 JST Japan Standard Time
  Asia/Tokyo
+09:00 KST
  Asia/Pyongyang Asia/Seoul
+09:00 WIT
  Asia/Jayapura
+09:30 ACST
  Australia/Darwin Australia/North
+09:30 ACST, +10:30 ACDT
  Australia/Adelaide Australia/Broken_Hill Australia/South Australia/Yancowinna
+10:00 AEST
  Australia/Brisbane Australia/Lindeman Australia/Queensland
+10:00 AEST, +11:00 AEDT
  Antarctica/Macquarie Australia/ACT Australia/Canberra Australia/Currie Australia/Hobart
  Australia/Melbourne Australia/NSW Australia/Sydney Australia/Tasmania Australia/Victoria
+10:00 ChST Chamorro Standard Time
  Pacific/Guam Pacific/Saipan
+12:00 NZST New Zealand Standard Time, +13:00 NZDT New Zealand Daylight Time
  Antarctica/McMurdo Antarctica/South_Pole Pacific/Auckland
`;

const namesOfZones = readTable(zoneNameTable);
