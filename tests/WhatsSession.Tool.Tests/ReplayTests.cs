using System.Security.Cryptography;
using WhatsSession.Emulator.Tests;

namespace WhatsSession.Tool.Tests;

public sealed class ReplayTests : IDisposable
{
    private const string Text = """{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"from":"15550001234","id":"wamid.A","timestamp":"1700000000","type":"text","text":{"body":"hé"}}]}}]}]}""";
    private const string Status = """{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"statuses":[{"id":"wamid.B","status":"sent","timestamp":"1700000000"}]}}]}]}""";
    private const string Template = """{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"message_template_status_update","value":{"event":"APPROVED"}}]}]}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssession-replay-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Replay_FilesLinesAndAnArray_AreSignedAndPostedInOrder()
    {
        await using var consumer = await HttpConsumer.StartAsync();
        Write("a.json", Text);
        Write("b.jsonl", $"{Status}\r\n\n{Template}\n");
        Write("c.json", $$"""[{{Template}},{"kind":"status:sent","json":"{{System.Text.Json.JsonEncodedText.Encode(Status)}}"}]""");
        Write("d.txt", "no webhook");
        Write("e.json", $$"""{"requests":[],"webhooks":[{"json":"{{System.Text.Json.JsonEncodedText.Encode(Template)}}"}]}""");

        var (exitCode, output, errors) = await ToolProcess.RunAsync("replay", _folder.FullName, "--to", consumer.Url.AbsoluteUri, "--secret", "s3");

        (exitCode, errors).Should().Be((0, ""));
        consumer.Requests.Select(r => System.Text.Encoding.UTF8.GetString(r.Body)).Should().Equal(Text, Status, Template, Template, Status, Template);
        consumer.Requests.Select(r => (r.Signature, r.ContentType)).Should().Equal(consumer.Requests.Select(r => (Signature(r.Body), (string?)"application/json")));
        var lines = output.Split('\n', StringSplitOptions.TrimEntries);
        lines[0].Should().MatchRegex("^# +webhook +what +answer +time$");
        lines[1].Should().MatchRegex("^1 +a.json +messages +200 +[0-9]+ ms$");
        lines[3].Should().MatchRegex("^3 +b.jsonl:3 +message_template_status_update +200 ");
        lines[5].Should().MatchRegex(@"^5 +c.json\[1\] +messages: statuses +200 ");
        output.Should().Contain($"6 posted to {consumer.Url}: all answered with 200.").And.Contain("3 tell of something more than 8 days ago")
            .And.NotContain("15550001234").And.NotContain("hé");
        lines.Should().OnlyContain(l => l.Length <= 120);
    }

    [Fact]
    public async Task Replay_EntriesOfTheEmulatorsJournal_PostsTheirBodies()
    {
        await using var consumer = await HttpConsumer.StartAsync();
        Write("a.json", $"{EntryOf(Text)}\n");
        Write("b.jsonl", $"{EntryOf(Status)}\n{EntryOf(Template)}\n");

        var (exitCode, _, errors) = await ToolProcess.RunAsync("replay", _folder.FullName, "--to", consumer.Url.AbsoluteUri, "--secret", "s3");

        (exitCode, errors).Should().Be((0, ""));
        consumer.Requests.Select(r => System.Text.Encoding.UTF8.GetString(r.Body)).Should().Equal(Text, Status, Template);

        static string EntryOf(string body) => $$"""{"sequence":7,"kind":"message:text","json":"{{System.Text.Json.JsonEncodedText.Encode(body)}}"}""";
    }

    [Fact]
    public async Task Replay_RefusedAndNoAnswer_SaysWhatToDoAndFails()
    {
        await using var consumer = await HttpConsumer.StartAsync();
        consumer.Status = 401;
        var file = Write("a.jsonl", $"{Text}\n{Status}");

        var refused = await ToolProcess.RunAsync("replay", file, "--to", consumer.Url.AbsoluteUri, "--secret", "wrong");
        var away = await ToolProcess.RunAsync("replay", file, "--to", "http://127.0.0.1:1/whatsapp", "--secret", "s3");

        (refused.ExitCode, away.ExitCode).Should().Be((1, 1));
        refused.Output.Should().Contain("0 answered with 200, 2 not.").And.Contain("401: the signature was refused. Is --secret the app secret").And.NotContain("wrong");
        away.Output.Should().Contain("no answer").And.Contain("No answer: is the app up, and is --to its address?").And.Contain("1 not posted.");
    }

    [Theory]
    [InlineData("FILE is missing", "--to", "http://x/", "--secret", "s")]
    [InlineData("--to is missing: give the app's webhook endpoint", "{0}/a.json", "--secret", "s")]
    [InlineData("--to 'here' is not an http or https URL", "{0}/a.json", "--to", "here", "--secret", "s")]
    [InlineData("--secret is missing", "{0}/a.json", "--to", "http://x/")]
    [InlineData("--to needs a value after it.", "{0}/a.json", "--to", "--secret", "s")]
    [InlineData("--to is given twice.", "{0}/a.json", "--to", "http://x/", "--to", "http://y/", "--secret", "s")]
    [InlineData("'--too' is not an option: use --to, --secret.", "{0}/a.json", "--too", "http://x/")]
    [InlineData("There is no file or directory '{0}/none.json'", "{0}/none.json", "--to", "http://x/", "--secret", "s")]
    [InlineData("The directory '{0}/empty' has no file that ends in .json, .jsonl, .ndjson.", "{0}/empty", "--to", "http://x/", "--secret", "s")]
    [InlineData("'{0}/empty.json' is empty", "{0}/empty.json", "--to", "http://x/", "--secret", "s")]
    [InlineData("'{0}/bad.jsonl' is not JSON, and its line 2 is not either", "{0}/bad.jsonl", "--to", "http://x/", "--secret", "s")]
    [InlineData("'{0}/other.json' is JSON, but no webhook of Meta's", "{0}/a.json", "{0}/other.json", "--to", "http://x/", "--secret", "s")]
    public async Task Replay_BadInput_SaysWhatToGiveAndPostsNothing(string message, params string[] args)
    {
        Write("a.json", Text);
        Write("empty.json", " \n");
        Write("bad.jsonl", Text + "\nnot json\n");
        Write("other.json", """{"hello":"world"}""");
        _folder.CreateSubdirectory("empty");

        var (exitCode, output, errors) = await ToolProcess.RunAsync(["replay", .. args.Select(InFolder)]);

        (exitCode, output).Should().Be((2, ""));
        errors.Should().StartWith(InFolder(message)).And.Contain("whatssession replay --help").And.NotContain("   at ");
    }

    /// <summary>What the parser takes for a file of arguments, for options and for a directive by itself.</summary>
    [Theory]
    [InlineData("@a.json")]
    [InlineData("-ha.json")]
    [InlineData("[a.json]")]
    [InlineData("--", "--a.json")]
    public async Task Replay_FileWithAStrangeName_IsRead(params string[] file)
    {
        await using var consumer = await HttpConsumer.StartAsync();
        Write(file[^1], Text);

        var (exitCode, _, errors) = await ToolProcess.RunInAsync(
            _folder.FullName,
            ["replay", "--to", consumer.Url.AbsoluteUri, "--secret", "s3", .. file]);

        (exitCode, errors, consumer.Requests.Count).Should().Be((0, "", 1));
    }

    [Fact]
    public async Task Replay_Help_ShowsItsOptionsAndExitCodes()
    {
        var (exitCode, output, errors) = await ToolProcess.RunAsync("replay", "--help");

        (exitCode, errors).Should().Be((0, ""));
        output.Should().Contain("whatssession replay <FILE>... [options]").And.Contain("--to <url> (REQUIRED)")
            .And.Contain("Exit code: 0 when every webhook was answered with 200");
    }

    private static string Signature(byte[] body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("s3"u8, body));

    private string InFolder(string text) => text.Replace("{0}", _folder.FullName, StringComparison.Ordinal);

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
