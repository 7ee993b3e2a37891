using System.Security.Cryptography;

namespace WhatsSession.Emulator.Tests.Media;

public sealed class MediaTests
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\r\n--x a picture"u8];

    [Fact]
    public async Task Upload_AnImage_IsDescribedFetchedSentAndDeleted()
    {
        await using var business = await OpenAsync();

        var id = (await business.UploadAsync(Png, "image/png")).Json.Text("id")!;
        var media = (await business.GetAsync("v27.0/" + id)).Json;
        using var file = await FetchAsync(business, media.Text("url")!);
        var sent = await business.SendAsync(Business.Body(Business.Phone, $$""" "type":"image","image":{"id":"{{id}}"} """));
        var deleted = await business.DeleteAsync("v27.0/" + id);

        media.Text("sha256").Should().Be(Convert.ToHexString(SHA256.HashData(Png)).ToLowerInvariant());
        (media.Text("mime_type"), media.GetProperty("file_size").GetInt32(), media.Text("messaging_product")).Should().Be(("image/png", Png.Length, "whatsapp"));
        media.Text("url").Should().StartWith(business.Emulator.BaseAddress.AbsoluteUri);
        (await file.Content.ReadAsByteArrayAsync()).Should().Equal(Png);
        file.Content.Headers.ContentType!.MediaType.Should().Be("image/png");
        (sent.StatusCode, deleted.StatusCode, (await business.GetAsync("v27.0/" + id)).StatusCode).Should().Be((200, 200, 400));
    }

    [Fact]
    public async Task Download_After5MinutesOrWithoutToken_IsRefused()
    {
        await using var business = await OpenAsync();
        var id = (await business.UploadAsync(Png, "image/png")).Json.Text("id")!;
        var url = (await business.GetAsync("v27.0/" + id)).Json.Text("url")!;

        using var stranger = new HttpClient();
        using var refused = await stranger.GetAsync(new Uri(url));
        business.Emulator.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        using var justInTime = await FetchAsync(business, url);
        business.Emulator.Clock.Advance(TimeSpan.FromTicks(1));
        using var late = await FetchAsync(business, url);
        using var forged = await FetchAsync(business, url.Replace("hash=", "hash=0"));

        ((int)refused.StatusCode, (int)justInTime.StatusCode, (int)late.StatusCode, (int)forged.StatusCode).Should().Be((401, 200, 404, 404));
    }

    [Theory]
    [InlineData(true, 30)]
    [InlineData(false, 7)]
    public async Task Media_AfterItsDays_IsGone(bool uploaded, int days)
    {
        await using var business = await OpenAsync();
        var id = uploaded ? (await business.UploadAsync(Png, "image/png")).Json.Text("id")! : await InboundAsync(business);

        business.Emulator.Clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromTicks(1));
        (await business.GetAsync("v27.0/" + id)).StatusCode.Should().Be(200);
        business.Emulator.Clock.Advance(TimeSpan.FromTicks(1));

        (await business.GetAsync("v27.0/" + id)).Code.Should().Be(100);
    }

    [Fact]
    public async Task Inbound_File_CarriesUrlAndBase64Hash()
    {
        await using var business = await OpenAsync();
        await business.Emulator.Customer(Business.Phone).SendsAsync(new CustomerMedia { Type = "image", MimeType = "image/png", Bytes = Png, Caption = "look" });

        var image = business.LastInbound().Message.GetProperty("image");
        using var file = await FetchAsync(business, image.Text("url")!);

        image.Text("sha256").Should().Be(Convert.ToBase64String(SHA256.HashData(Png)));
        (await file.Content.ReadAsByteArrayAsync()).Should().Equal(Png);
    }

    [Fact]
    public async Task Upload_WrongKindOrSize_IsRefused()
    {
        await using var business = await OpenAsync();

        (await business.UploadAsync(Png, "application/zip")).Code.Should().Be(100);
        (await business.UploadAsync(new byte[5 * 1024 * 1024], "image/png")).StatusCode.Should().Be(200);
        (await business.UploadAsync(new byte[(5 * 1024 * 1024) + 1], "image/png")).Code.Should().Be(131053);
        (await business.PostAsync($"v27.0/{Business.Number}/media", "{}")).Code.Should().Be(100);
    }

    [Fact]
    public async Task Send_FileOfAnotherKind_IsAcceptedThenFailsWith131053()
    {
        await using var business = await OpenAsync();
        var id = (await business.UploadAsync([.. "%PDF"u8], "application/pdf")).Json.Text("id")!;

        var reply = await business.SendAsync(Business.Body(Business.Phone, $$""" "type":"image","image":{"id":"{{id}}"} """));
        await business.SettleAsync();

        reply.StatusCode.Should().Be(200);
        business.Statuses().Should().ContainSingle().Which.Status.GetProperty("errors")[0].GetProperty("code").GetInt32().Should().Be(131053);
    }

    [Fact]
    public async Task ResumableUpload_InTwoPieces_GivesAHandle()
    {
        await using var business = await OpenAsync();
        var id = (await business.PostAsync("v27.0/161803398874989/uploads?file_name=a.png&file_length=6&file_type=image/png", "")).Json.Text("id")!;

        var first = await PieceAsync(business, id, "abc", "0");
        var misplaced = await PieceAsync(business, id, "abc", "0");
        var offset = (await business.GetAsync("v27.0/" + id)).Json.GetProperty("file_offset").GetInt32();
        var second = await PieceAsync(business, id, "def", "3");

        id.Should().StartWith("upload:");
        (first, misplaced, offset).Should().Be(("""{"file_offset":3}""", "100", 3));
        second.Should().StartWith("""{"h":"4::""");
    }

    private static async Task<Business> OpenAsync()
    {
        var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        return business;
    }

    private static async Task<string> InboundAsync(Business business)
    {
        await business.Emulator.Customer(Business.Phone).SendsImageAsync("look");
        return business.LastInbound().Message.GetProperty("image").Text("id")!;
    }

    private static Task<HttpResponseMessage> FetchAsync(Business business, string url) => business.RawAsync(new(HttpMethod.Get, url));

    private static async Task<string> PieceAsync(Business business, string id, string piece, string offset)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v27.0/" + id);
        request.Headers.TryAddWithoutValidation("Authorization", "OAuth dev");
        request.Headers.Add("file_offset", offset);
        request.Content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(piece));
        using var response = await business.RawAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text : "100";
    }
}
