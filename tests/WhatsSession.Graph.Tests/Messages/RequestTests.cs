using System.Text.Json.Nodes;
using NodaTime;

namespace WhatsSession.Graph.Tests.Messages;

/// <summary>The exact request.</summary>
public sealed class RequestTests : IDisposable
{
    private readonly StubHttp _http = new();

    public static TheoryData<string> CoveredNames => [.. SampleMessages.Covered.Keys];

    public void Dispose() => _http.Dispose();

    [Fact]
    public void SampleRequests_AreCoveredOrLeftForAReason() =>
        SampleMessages.Covered.Keys.Concat(SampleMessages.Left.Keys).Should().BeEquivalentTo(Sample.NamesIn("requests")).And.OnlyHaveUniqueItems();

    [Theory]
    [MemberData(nameof(CoveredNames))]
    public async Task SendAsync_MessageOfSample_PostsTheSample(string name)
    {
        var (to, message, options) = SampleMessages.Covered[name];

        message.CheckFor(to).Should().BeEmpty();
        await SendAsync(to, message, options);

        SampleMessages.Canonical(_http.Requests.Should().ContainSingle().Which.Json).Should().Be(SampleMessages.Canonical(JsonNode.Parse(Sample.Request(name))!));
    }

    /// <summary>Of two parties Meta takes <c>to</c>; a conversation has that one alone.</summary>
    [Fact]
    public async Task SendAsync_MessageOfTheSampleWithTwoParties_PostsItWithTheOneThatCounts()
    {
        var sample = JsonNode.Parse(Sample.Request("request-text-to-and-recipient"))!.AsObject();
        sample.Remove("recipient").Should().BeTrue();

        await SendAsync(Given.Key, new TextMessage("Phone wins when both are given."), new GraphSendOptions());

        SampleMessages.Canonical(_http.Requests[0].Json).Should().Be(SampleMessages.Canonical(sample));
    }

    [Fact]
    public async Task SendAsync_Text_PostsTheseBytes()
    {
        await SendAsync(Given.Key, new TextMessage("Grüße ☕ 😀 <b>&\"\\\n/"), new GraphSendOptions { CallbackData = "a\"é" });

        _http.Requests[0].Text.Should().Be(
            """{"messaging_product":"whatsapp","recipient_type":"individual","to":"15550001234","type":"text","text":{"body":"Grüße ☕ \uD83D\uDE00 <b>&\"\\\n/"},"biz_opaque_callback_data":"a\"é"}""");
    }

    [Fact]
    public async Task SendAsync_CallbackData_HasAtMost512Characters()
    {
        var longest = string.Concat(Enumerable.Repeat("😀", 512));

        await SendAsync(Given.Key, new TextMessage("a"), new GraphSendOptions { CallbackData = longest });
        await FluentActions.Awaiting(() => SendAsync(Given.Key, new TextMessage("a"), new GraphSendOptions { CallbackData = longest + "x" })).Should().ThrowAsync<ArgumentException>().WithMessage("*has 513 characters; the limit is 512*");

        ((string?)_http.Requests.Should().ContainSingle().Which.Json["biz_opaque_callback_data"]).Should().Be(longest);
    }

    [Fact]
    public async Task SendAsync_BirthdayOfAnotherCalendar_PostsTheDateOfTheIsoCalendar()
    {
        var birthday = new LocalDate(1990, 1, 2).WithCalendar(CalendarSystem.HebrewCivil);

        await SendAsync(Given.Key, new ContactsMessage(new ContactDetails(new ContactName("Ana", "Silva")) { Birthday = birthday }), new GraphSendOptions());

        ((string?)_http.Requests[0].Json["contacts"]![0]!["birthday"]).Should().Be("1990-01-02");
    }

    [Fact]
    public async Task SendAsync_List_PostsTheseBytes()
    {
        await SendAsync(Given.Key, new ListMessage("Pick one", "Open", new ListSection("Kettles", new ListRow("b", "Blue", "Two litres"), new ListRow("r", "Red"))) { Header = "Stock", Footer = "Quill" });

        _http.Requests[0].Text.Should().EndWith(
            """
            "type":"interactive","interactive":{"type":"list","header":{"type":"text","text":"Stock"},"body":{"text":"Pick one"},"footer":{"text":"Quill"},"action":{"button":"Open","sections":[{"title":"Kettles","rows":[{"id":"b","title":"Blue","description":"Two litres"},{"id":"r","title":"Red"}]}]}}}
            """);
    }

    [Fact]
    public async Task SendAsync_DocumentAndVoiceAndNamedParameter_PostTheirFields()
    {
        await SendAsync(Given.Key, new DocumentMessage(MediaSource.FromId("9")) { Caption = "c", FileName = "f.pdf" });
        await SendAsync(Given.Key, new VoiceMessage(MediaSource.FromId("9")));
        await SendAsync(Given.Key, new TemplateMessage("t", "en") { Body = [new TemplateParameter.Text("4410") { Name = "order_no" }] });

        _http.Requests[0].Text.Should().Contain("""document":{"id":"9","caption":"c","filename":"f.pdf"}""");
        _http.Requests[1].Text.Should().Contain("""audio":{"id":"9","voice":true}""");
        _http.Requests[2].Text.Should().Contain("""components":[{"type":"body","parameters":[{"type":"text","text":"4410","parameter_name":"order_no"}]}]""");
    }

    [Fact]
    public async Task SendAsync_LoneSurrogates_AreReplaced()
    {
        // Not in attributes: those hold UTF-8, which has no lone surrogates.
        foreach (var (text, expected) in new[] { ("a\ud83db", "a\ufffdb"), ("\ude00", "\ufffd"), ("\ud83d", "\ufffd"), ("\ud83d\ude00", "\ud83d\ude00") })
        {
            await SendAsync(Given.Key, new TextMessage(text), new GraphSendOptions { CallbackData = text });

            ((string?)_http.Requests[^1].Json["text"]!["body"]).Should().Be(expected);
            ((string?)_http.Requests[^1].Json["biz_opaque_callback_data"]).Should().Be(expected);
        }
    }

    [Fact]
    public async Task SendAsync_ReactionThatRepliesTo_NamesItsOwnMessageAlone()
    {
        await SendAsync(Given.Key, new ReactionMessage(MessageId.Parse("wamid.a"), "\U0001F44D"), new GraphSendOptions { ReplyTo = MessageId.Parse("wamid.b") });

        _http.Requests[0].Json["context"].Should().BeNull();
    }

    [Fact]
    public async Task SendAsync_Always_HasTheHeaders()
    {
        await SendAsync(Given.Key, Given.Text);

        var sent = _http.Requests[0];
        sent.Method.Should().Be(HttpMethod.Post);
        sent.Headers["Authorization"].Should().Be("Bearer " + Given.AccessToken);
        sent.Headers["User-Agent"].Should().MatchRegex(@"^WhatsSession/\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$");
        sent.Headers["Content-Type"].Should().Be("application/json; charset=utf-8");
        sent.Headers["Content-Length"].Should().Be($"{sent.Body.Length}");
        sent.Headers.Should().HaveCount(4);
    }

    [Theory]
    [InlineData("https://graph.facebook.com/", "https://graph.facebook.com/v27.0/314159265358979/messages")]
    [InlineData("https://proxy.example.test/meta/graph/", "https://proxy.example.test/meta/graph/v27.0/314159265358979/messages")]
    [InlineData("https://proxy.example.test/meta/graph", "https://proxy.example.test/meta/graph/v27.0/314159265358979/messages")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/v27.0/314159265358979/messages")]
    public async Task SendAsync_BaseAddress_KeepsItsPath(string address, string expected)
    {
        using var http = new HttpClient(_http, disposeHandler: false);
        var client = new GraphClient(http, new GraphClientOptions { BaseAddress = new Uri(address) });

        await client.Messages.SendAsync(Given.Key, Given.Text, Given.AccessToken);

        _http.Requests[0].Address.AbsoluteUri.Should().Be(expected);
    }

    [Fact]
    public async Task SendAsync_OtherVersionAndNumber_AreInTheAddress()
    {
        using var http = new HttpClient(_http, disposeHandler: false);
        var client = new GraphClient(http, new GraphClientOptions { Version = "v27.0" });

        await client.Messages.SendAsync(new ConversationKey(Given.OtherNumber, CustomerId.Parse(Given.Phone)), Given.Text, Given.AccessToken);

        _http.Requests[0].Address.AbsoluteUri.Should().Be("https://graph.facebook.com/v27.0/314159265358980/messages");
    }

    [Fact]
    public async Task SendAsync_MarketingTemplate_GoesToItsOwnEndpoint()
    {
        await SendAsync(Given.Key, Given.Template with { Marketing = new MarketingDelivery() });
        await SendAsync(Given.Key, Given.Template);

        _http.Requests.Select(sent => sent.Address.AbsolutePath).Should().Equal("/v27.0/314159265358979/marketing_messages", "/v27.0/314159265358979/messages");
        SampleMessages.Canonical(_http.Requests[0].Json).Should().Be(SampleMessages.Canonical(_http.Requests[1].Json));
    }

    [Fact]
    public async Task SendAsync_WrongArguments_Throw()
    {
        using var http = new HttpClient(_http, disposeHandler: false);
        var client = new GraphClient(http, new GraphClientOptions());

        await client.Invoking(c => c.Messages.SendAsync(Given.Key, null!, "t")).Should().ThrowAsync<ArgumentNullException>();
        await client.Invoking(c => c.Messages.SendAsync(Given.Key, Given.Text, "")).Should().ThrowAsync<ArgumentException>();
        await client.Invoking(c => c.Messages.SendAsync(default, Given.Text, "t")).Should().ThrowAsync<ArgumentException>();
        _http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_AfterAMessageThatCannotBeWritten_IsUnharmed()
    {
        using var http = new HttpClient(_http, disposeHandler: false);
        var client = new GraphClient(http, new GraphClientOptions());
        await client.Invoking(c => c.Messages.SendAsync(default, Given.Text, "t")).Should().ThrowAsync<ArgumentException>();

        await client.Messages.SendAsync(Given.Key, Given.Text, "t");

        ((string?)_http.Requests[0].Json["text"]!["body"]).Should().Be(Given.Text.Body);
    }

    /// <summary>Bodies live in pooled buffers; each must arrive whole, whatever the others do.</summary>
    [Fact]
    public async Task SendAsync_InParallel_MixesNoBuffers()
    {
        _http.Answer = async (_, _) =>
        {
            await Task.Yield();
            return StubHttp.Accepted();
        };
        using var http = new HttpClient(_http, disposeHandler: false);
        var client = new GraphClient(http, new GraphClientOptions());

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 200 }, async (i, cancellationToken) =>
            await client.Messages.SendAsync(Given.Key, new TextMessage(Body(i)), $"token-{i}", cancellationToken));

        _http.Requests.Should().HaveCount(200);
        foreach (var sent in _http.Requests)
        {
            var i = int.Parse(sent.Headers["Authorization"]["Bearer token-".Length..]);
            ((string?)sent.Json["text"]!["body"]).Should().Be(Body(i));
        }

        static string Body(int i) => $"{i}:" + new string((char)('a' + (i % 26)), i * 37);
    }

    private async Task SendAsync(ConversationKey to, Message message, GraphSendOptions? options = null)
    {
        using var http = new HttpClient(_http, disposeHandler: false);
        var result = await new GraphClient(http, new GraphClientOptions()).Messages.SendAsync(to, message, Given.AccessToken, options ?? new GraphSendOptions());
        result.Should().BeOfType<GraphSendResult.Accepted>();
    }
}
