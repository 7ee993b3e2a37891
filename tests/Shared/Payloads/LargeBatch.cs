using System.Globalization;
using System.Text;

namespace WhatsSession.Tests;

/// <summary>A POST as large as Meta makes them: half texts, half statuses, dealt out to several numbers.</summary>
internal static class LargeBatch
{
    public static byte[] Make(int updates, int bytes, IReadOnlyList<string> numbers)
    {
        var filler = new string('x', (bytes / (updates / 2)) - 500);
        var changes = numbers.Select((number, n) =>
        {
            var mine = Enumerable.Range(0, updates / 2).Where(i => i % numbers.Count == n).ToList();
            var contacts = string.Join(',', mine.Select(i => string.Create(CultureInfo.InvariantCulture, $$$"""{"profile":{"name":"Customer {{{i:000}}}"},"wa_id":"1555000{{{i:0000}}}","user_id":"US.4091726354{{{i:0000}}}"}""")));
            var messages = string.Join(',', mine.Select(i => string.Create(CultureInfo.InvariantCulture, $$$"""{"from":"1555000{{{i:0000}}}","from_user_id":"US.4091726354{{{i:0000}}}","id":"{{{i}}}","timestamp":"1794900000","type":"text","text":{"body":"Customer {{{i:000}}} {{{filler}}}"}}""")));
            var statuses = string.Join(',', mine.Select(i => string.Create(CultureInfo.InvariantCulture, $$$"""{"id":"{{{i}}}","status":"delivered","timestamp":"1794900000","recipient_id":"1555000{{{i:0000}}}","recipient_user_id":"US.4091726354{{{i:0000}}}","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"utility"}}""")));
            return $$$"""{"field":"messages","value":{"metadata":{"phone_number_id":"{{{number}}}"},"contacts":[{{{contacts}}}],"messages":[{{{messages}}}],"statuses":[{{{statuses}}}]}}""";
        });
        return Encoding.UTF8.GetBytes($$"""{"object":"whatsapp_business_account","entry":[{"id":"271828182845904","changes":[{{string.Join(',', changes)}}]}]}""");
    }

    public static string NumberOf(string id, IReadOnlyList<string> numbers) => numbers[int.Parse(id, CultureInfo.InvariantCulture) % numbers.Count];
}
