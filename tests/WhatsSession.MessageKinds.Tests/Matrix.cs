using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WhatsSession.Tests;

namespace WhatsSession.MessageKinds.Tests;

/// <summary>The page of the matrix, from what was found in this run.</summary>
internal static class Matrix
{
    private const string NoSample = "no sample request of this kind; its bytes stand in the tests of the writer";
    private const string CannotBuild = "the client has no typed method for it";

    /// <summary>The samples of each kind that the SDK writes as they are: those with everything that makes a request one of the kind.</summary>
    public static async Task<IReadOnlyDictionary<string, List<string>>> SamplesAsync()
    {
        var samples = new List<(string Name, Type? Message, HashSet<string> Features)>();
        foreach (var path in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples"), "*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var body = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
            SampleMessages.Covered.TryGetValue(name, out var row);
            var ours = row.Message is not null ? await Wire.OfAsync(row.To, row.Message, row.Options)
                : name == "request-mark-read" ? await MarkReadAsync(body)
                : null;
            if (ours is not null && SampleMessages.Canonical(ours) == SampleMessages.Canonical(body))
            {
                samples.Add((name, row.Message?.GetType(), Wire.FeaturesOf(body)));
            }
        }

        var found = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var kind in Kinds.All)
        {
            // Two types of message may look the same on the wire; a sample shows that of the one it was built with.
            var type = kind.ReadWithTyping is null ? kind.Make(SampleMedia.Ids).GetType() : null;
            var features = Wire.FeaturesOf(await Wire.OfAsync(kind));
            found[kind.Name] = [.. samples.Where(sample => sample.Message == type && features.IsSubsetOf(sample.Features)).OrderBy(sample => sample.Features.Count).ThenBy(sample => sample.Name, StringComparer.Ordinal).Select(sample => sample.Name)];
        }

        return found;
    }

    public static async Task<string> WriteAsync()
    {
        var samples = await SamplesAsync();
        var notes = new List<string>();
        var page = new StringBuilder();
        page.Append("""
            # Message kinds

            Written by the tests (`tests/WhatsSession.MessageKinds.Tests`), which fail when it is not what they find.

            - **golden**: sample requests, written from Meta's documents, that the SDK's request equals.
            - **@kapso/whatsapp-cloud-api 0.3.0**, **whatsapp-api-js 6.3.0**: whether an unrelated client posts the same.
            - **limit**: one limit that a message of the kind was sent beyond; it was `Invalid`, and no request was made.
            - **emulator**: whether Meta's side, written apart from the SDK from the same documents, accepted it.

            | kind | golden | kapso | whatsapp-api-js | limit | emulator |
            | --- | --- | --- | --- | --- | --- |

            """);
        await using var meta = await EmulatedMeta.StartAsync();
        foreach (var kind in Kinds.All)
        {
            string[] cells =
            [
                kind.Name,
                samples[kind.Name] is [var first, .. var more] ? $"`{first["request-".Length..]}`" + (more.Count > 0 ? $" and {more.Count} more" : "") : Note(notes, NoSample),
                await CompareAsync(Peer.All[0], kind, notes),
                await CompareAsync(Peer.All[1], kind, notes),
                kind.Broken is { } broken ? Show(broken().CheckFor(kind.To)[0]) : Note(notes, kind.WhyUnlimited!),
                await meta.SendAsync(kind) is null ? "accepted" : Note(notes, kind.WhyRefused ?? "refused, and nobody said why"),
            ];
            page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }

        page.Append('\n');
        for (var i = 0; i < notes.Count; i++)
        {
            page.Append($"{i + 1}. {char.ToUpperInvariant(notes[i][0])}{notes[i][1..].TrimEnd('.')}.\n");
        }

        return page.ToString();
    }

    private static async Task<string> CompareAsync(Peer peer, Kind kind, List<string> notes)
    {
        if (!(await peer.RunAsync()).TryGetValue(kind.Name, out var theirs))
        {
            return Note(notes, CannotBuild);
        }

        var reasons = Difference.Between(await Wire.OfAsync(kind), theirs)
            .Select(difference => KnownDifference.All.FirstOrDefault(known => known.Explains(peer.Package, difference))?.Reason ?? "A difference that nobody explains.")
            .Distinct(StringComparer.Ordinal).ToList();
        return reasons.Count == 0 ? "same" : "same but " + string.Join(' ', reasons.Select(reason => Note(notes, reason)));
    }

    private static string Note(List<string> notes, string text)
    {
        if (!notes.Contains(text, StringComparer.Ordinal))
        {
            notes.Add(text);
        }

        return $"({notes.IndexOf(text) + 1})";
    }

    private static string Show(Violation violation) => violation.Limit is { } limit ? string.Create(CultureInfo.InvariantCulture, $"`{violation.Path}` {limit:#,0}") : $"`{violation.Path}` {violation.Rule}";

    private static async Task<JsonNode> MarkReadAsync(JsonNode sample) => await Wire.OfReadAsync(MessageId.Parse(sample["message_id"]!.GetValue<string>()), typing: sample["typing_indicator"] is not null);
}
