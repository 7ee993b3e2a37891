using System.Text;
using System.Threading.Channels;
using WhatsSession.Emulator;
using WhatsSession.Storage;
using WhatsSession.Tests;

namespace WhatsSession.MessageKinds.Tests;

/// <summary>A delayed order in one window: the customer asks, and gets a document, a film and a button; the tap arrives.</summary>
public sealed class DelayedOrderTests : IAsyncLifetime
{
    private const string Phone = "15550001234";
    private readonly string _folder = Directory.CreateTempSubdirectory("order-").FullName;
    private readonly Channel<string> _taps = Channel.CreateUnbounded<string>();
    private WhatsAppEmulator _emulator = null!;
    private WhatsSessionRuntime _runtime = null!;

    public async ValueTask InitializeAsync()
    {
        _emulator = await WhatsAppEmulator.StartAsync();
        _runtime = await WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", Kind.Number.Value, "dev");
                o.AppSecret = "dev-secret";
                o.GraphBaseAddress = _emulator.BaseAddress;
            },
            builder => builder
                .OnMessage<TextReceived>(AnswerAsync)
                .OnMessage<ButtonReplied>((tap, cancellationToken) => _taps.Writer.WriteAsync(tap.Message.ButtonId, cancellationToken).AsTask()));
        _emulator.ConnectWebhook(async (delivery, cancellationToken) => (await _runtime.AcceptAsync(delivery.Body, delivery.Signature, cancellationToken)).StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _runtime.DisposeAsync();
        await _emulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ADelayedOrder_IsExplainedWithADocumentAFilmAndAButton_AndTheTapArrives()
    {
        var customer = _emulator.Customer(Phone);
        await customer.SaysAsync("Where is order 4410?");
        await SettleAsync();

        customer.Received.Select(message => message.Type).Should().Equal("document", "video", "interactive");
        await customer.TapsAsync("received-4410");
        await SettleAsync();

        (await _taps.Reader.ReadAsync(TestContext.Current.CancellationToken)).Should().Be("received-4410");
        var uploads = _emulator.Requests.Where(request => request.Path.EndsWith("/media", StringComparison.Ordinal)).ToList();
        uploads.Should().HaveCount(2).And.OnlyContain(request => request.StatusCode == 200);
        var log = await _runtime.Client.Number("support").Conversation(Phone).GetHistoryAsync(10);
        log.Count(line => !line.IsInbound && line.State == IntentState.Accepted).Should().Be(3);
    }

    [Fact]
    public async Task WhatWasUploaded_ComesBackWholeAndCanBeDeleted()
    {
        var number = _runtime.Client.Number("support");
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("%PDF a bill"));
        var upload = await number.UploadMediaAsync(content, "application/pdf");

        var details = await number.GetMediaAsync(upload.MediaId!);
        using var back = new MemoryStream();
        var download = await number.DownloadMediaAsync(upload.MediaId!, back);
        var deletion = await number.DeleteMediaAsync(upload.MediaId!);

        (details.MimeType, details.Length).Should().Be(("application/pdf", content.Length));
        download.IsSuccess.Should().BeTrue();
        back.ToArray().Should().Equal(content.ToArray());
        deletion.IsSuccess.Should().BeTrue();
        (await number.GetMediaAsync(upload.MediaId!)).Error!.Code.Should().Be(100);
    }

    [Fact]
    public async Task AnIdThatMetaNoLongerKnows_IsUploadedAnew()
    {
        await _emulator.Customer(Phone).SaysAsync("hi");
        await SettleAsync();
        var image = new ImageMessage(MediaSource.FromBytes("a picture"u8.ToArray(), "image/png"));
        var conversation = _runtime.Client.Number("support").Conversation(Phone);
        (await conversation.SendAsync(image)).EnsureAccepted();
        var id = JsonOf(_emulator.Requests.Last(request => request.Type == "image"));
        using var http = new HttpClient();
        (await new GraphClient(http, new GraphClientOptions { BaseAddress = _emulator.BaseAddress }).Media.DeleteAsync(Kind.Number, id, "dev")).IsSuccess.Should().BeTrue();

        (await conversation.SendAsync(image)).EnsureAccepted();

        _emulator.Requests.Count(request => request.Path.EndsWith("/media", StringComparison.Ordinal) && request.StatusCode == 200).Should().Be(4);
    }

    [Fact]
    public async Task ASample_IsUploadedAndGivesAHandle()
    {
        using var content = new MemoryStream("a picture"u8.ToArray());

        var sample = await _runtime.Client.Number("support").UploadSampleAsync("161803398874989", content, "a.png", "image/png");

        sample.Handle.Should().StartWith("4::");
    }

    private static string JsonOf(LoggedRequest request) => System.Text.Json.Nodes.JsonNode.Parse(request.Json)!["image"]!["id"]!.GetValue<string>();

    private async Task AnswerAsync(Received<TextReceived> received, CancellationToken cancellationToken)
    {
        var tracking = Path.Combine(_folder, "tracking-4410.pdf");
        await File.WriteAllTextAsync(tracking, "%PDF where it is", cancellationToken);
        using var film = new MemoryStream("a film"u8.ToArray());
        SessionMessage[] answers =
        [
            new DocumentMessage(MediaSource.FromFile(tracking)) { Caption = "Your parcel waits in customs." },
            new VideoMessage(MediaSource.FromStream(film, "video/mp4")) { Caption = "How to open it" },
            new ReplyButtonsMessage("Tap when it has come.", new ReplyButton("received-4410", "It is here")),
        ];
        foreach (var answer in answers)
        {
            (await received.Conversation.SendAsync(answer, cancellationToken)).EnsureAccepted();
        }
    }

    private async Task SettleAsync()
    {
        await _emulator.SettleAsync();
        (await _runtime.DrainAsync(TimeSpan.FromSeconds(30))).Should().BeTrue();
        await _emulator.SettleAsync();
    }
}
