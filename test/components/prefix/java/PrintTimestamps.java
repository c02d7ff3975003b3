import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Prints printed.json: what Java prints for timestamp patterns, as Firehose uses them. */
public class PrintTimestamps {
  static final List<String> MOMENTS = List.of(
      "2018-08-27T22:30:05Z UTC", "2018-08-27T10:30:00Z Europe/Berlin",
      "2024-02-29T00:00:00Z UTC", "2024-02-28T18:15:00Z Asia/Kathmandu",
      "2024-03-10T06:59:59Z America/New_York", "2024-03-10T07:00:00Z America/New_York",
      "2024-11-03T05:59:59Z America/New_York", "2024-11-03T06:00:00Z America/New_York",
      "2024-12-28T23:59:59Z UTC", "2024-12-29T00:00:00Z UTC",
      "2024-12-31T18:29:59Z Asia/Kolkata", "2024-12-31T18:30:00Z Asia/Kolkata",
      "2022-12-31T23:59:59Z UTC", "2023-01-01T12:00:00Z UTC", "2028-12-31T11:59:59Z UTC",
      "2021-01-02T01:02:03Z UTC", "2026-05-03T04:05:06Z Australia/Lord_Howe",
      "2025-09-30T13:00:00Z America/St_Johns", "2025-06-15T11:00:00Z Pacific/Kiritimati",
      "2025-07-01T11:00:00Z Pacific/Pago_Pago", "2025-04-30T20:14:59Z Pacific/Chatham");

  static final List<String> PATTERNS = List.of(
      "G", "GG", "GGG", "GGGG", "GGGGG", "y", "yy", "yyy", "yyyy", "yyyyy", "u", "uu", "uuuu",
      "Y", "YY", "YYYY", "YYYYY", "M", "MM", "MMM", "MMMM", "MMMMM", "L", "LL", "Q", "QQ", "QQQ",
      "QQQQ", "QQQQQ", "q", "qq", "qqqqq", "d", "dd", "D", "DDD", "E", "EE", "EEE", "EEEE",
      "EEEEE", "e", "ee", "eee", "eeee", "eeeee", "c", "ccc", "cccc", "w", "ww",
      "W", "a", "H", "HH", "k", "kk",
      "K", "KK", "h", "hh", "m", "mm", "s", "ss", "S", "SSS", "SSSSSSSSS", "A", "AAAAAAAA",
      "AAAAAAAAAAAA", "n", "nnn", "N", "NNNNNNNNNNNNNNN", "VV", "O", "OOOO", "X", "XX", "XXX",
      "XXXX", "XXXXX", "x", "xx", "xxx", "xxxx", "xxxxx", "Z", "ZZ", "ZZZ", "ZZZZ", "ZZZZZ",
      "ppH", "pppppd", "ppppppppppEEEE", "pppppppppMMMM/ppdd", "pppDDD",
      "yyyy-MM-dd'T'HH:mm:ss[.SSS]XXX", "'a''b''c'yyyy''", "[yyyy[/MM]]-'[w]'w", "EEE, d MMM yyyy");

  public static void main(String[] args) {
    List<String> patterns = new ArrayList<>();
    for (String pattern : PATTERNS) {
      List<String> printed = new ArrayList<>();
      for (String moment : MOMENTS) printed.add(print(pattern, moment));
      patterns.add(row(pattern, String.join("|", printed)));
    }
    List<String> zones = new ArrayList<>();
    for (String zone : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      if (!zone.matches("UTC|(?!Etc/)[A-Z][A-Za-z_]*(/[A-Z][A-Za-z_]*)+")) continue;
      String january = print("z|zzzz", "2026-01-15T12:00:00Z " + zone);
      String july = print("z|zzzz", "2026-07-15T12:00:00Z " + zone);
      zones.add(row(zone, january + "|" + july));
    }
    List<String> moments = MOMENTS.stream().map(moment -> "    \"" + moment + "\"").toList();
    System.out.println("{\n  \"moments\": [\n" + String.join(",\n", moments) + "\n  ],");
    System.out.println("  \"patterns\": {\n" + String.join(",\n", patterns) + "\n  },");
    System.out.println("  \"zones\": {\n" + String.join(",\n", zones) + "\n  }\n}");
  }

  static String print(String pattern, String moment) {
    String[] parts = moment.split(" ");
    ZonedDateTime time = Instant.parse(parts[0]).atZone(ZoneId.of(parts[1]));
    return DateTimeFormatter.ofPattern(pattern, Locale.US).format(time);
  }

  static String row(String key, String value) {
    return "    \"" + key + "\": \"" + value + "\"";
  }
}
