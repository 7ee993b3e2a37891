using System.Globalization;

namespace WhatsSession.Tool.Replay;

/// <summary>Prints how each webhook was answered, line by line as it happens, and what to do about those that were not answered with 200.</summary>
internal sealed class AnswerTable(TextWriter output)
{
    private const int SourceWidth = 34;
    private const int ContentsWidth = 34;

    private readonly SortedDictionary<int, int> _others = [];
    private int _posted;

    /// <summary>How many were not answered with 200.</summary>
    public int Failed => _others.Values.Sum();

    public void Begin() => output.WriteLine($"{"#",4}  {"webhook",-SourceWidth}  {"what",-ContentsWidth}  {"answer",-10}  time");

    /// <param name="webhook">What was posted.</param>
    /// <param name="status">The HTTP status; 0 for no answer.</param>
    /// <param name="took">How long it took.</param>
    public void Add(CapturedWebhook webhook, int status, TimeSpan took)
    {
        _posted++;
        if (status != 200)
        {
            _others[status] = _others.GetValueOrDefault(status) + 1;
        }

        var answer = status == 0 ? "no answer" : status.ToString(CultureInfo.InvariantCulture);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_posted,4}  {End(webhook.Source),-SourceWidth}  {Start(webhook.Contents),-ContentsWidth}  {answer,-10}  {took.TotalMilliseconds:0} ms"));
    }

    public void Finish(Uri to, int notPosted, int old)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_posted} posted to {to}: {(Failed == 0 ? "all answered with 200" : $"{_posted - Failed} answered with 200, {Failed} not")}."));
        foreach (var status in _others.Keys)
        {
            output.WriteLine(Advice(status));
        }

        if (notPosted > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{notPosted} not posted."));
        }

        if (old > 0)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{old} tell of something more than 8 days ago: WhatsSession keeps those in the history and calls no handler for them."));
        }
    }

    private static string Advice(int status) => status switch
    {
        0 => "No answer: is the app up, and is --to its address?",
        401 or 403 => $"{status}: the signature was refused. Is --secret the app secret that the app checks with?",
        404 or 405 => $"{status}: nothing takes webhooks at that path. Is --to the path of MapWhatsApp?",
        413 => "413: the app refuses bodies of that size (WhatsSession:Webhooks:MaximumBodySize).",
        503 => "503: the app could not keep the webhook; its log says why. Meta would post it again.",
        >= 300 and < 400 => $"{status}: the app redirects, which Meta does not follow. Give the address that it redirects to.",
        _ => string.Create(CultureInfo.InvariantCulture, $"{status}: the app's log says why. Meta would post it again."),
    };

    // Of a long name the end tells more, of a long list the start.
    private static string End(string text) => text.Length <= SourceWidth ? text : "…" + text[^(SourceWidth - 1)..];

    private static string Start(string text) => text.Length <= ContentsWidth ? text : text[..(ContentsWidth - 1)] + "…";
}
