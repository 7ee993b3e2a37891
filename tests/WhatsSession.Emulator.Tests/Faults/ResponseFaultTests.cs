using System.Net.Sockets;

namespace WhatsSession.Emulator.Tests.Faults;

/// <summary>Each fails when its switch is ignored.</summary>
public sealed class ResponseFaultTests
{
    private const string Text = """ "text":{"body":"x"} """;

    [Theory]
    [InlineData(ResponseFault.TooManyRequests, 429, null, "130429")]
    [InlineData(ResponseFault.TooManyRequestsWithRetryAfter, 429, 30, "130429")]
    [InlineData(ResponseFault.ServerError, 500, null, "131000")]
    [InlineData(ResponseFault.BadGatewayHtml, 502, null, "<h1>502 Bad Gateway</h1>")]
    [InlineData(ResponseFault.EmptyUnavailable, 503, null, null)]
    public async Task Response_Refusing_AnswersSoAndCarriesNothingOut(ResponseFault fault, int status, int? retryAfter, string? body)
    {
        await using var business = await OpenAsync();
        business.Emulator.Faults.Response = fault;

        using var response = await business.RawSendAsync(Text);

        ((int)response.StatusCode).Should().Be(status);
        ((int?)response.Headers.RetryAfter?.Delta?.TotalSeconds).Should().Be(retryAfter);
        (await response.Content.ReadAsStringAsync()).Contains(body ?? "").Should().BeTrue();
        business.Emulator.Tally.Should().Match<EmulatorTally>(t => t.Accepted == 0 && t.Refused == 1);
    }

    [Fact]
    public async Task Response_EmptyUnavailable_HasNoBody()
    {
        await using var business = await OpenAsync();
        business.Emulator.Faults.Response = ResponseFault.EmptyUnavailable;

        using var response = await business.RawSendAsync(Text);

        response.Content.Headers.ContentLength.Should().Be(0);
    }

    [Fact]
    public async Task Response_EmptyObject_HidesAnAcceptedMessage()
    {
        await using var business = await OpenAsync();
        business.Emulator.Faults.Response = ResponseFault.EmptyObject;

        using var response = await business.RawSendAsync(Text);
        await business.SettleAsync();

        (await response.Content.ReadAsStringAsync()).Should().Be("{}");
        business.StatusNames().Should().Equal("sent", "delivered");
    }

    [Fact]
    public async Task Response_DropAfterAccepting_CutsTheAnswerOfAMessageThatArrives()
    {
        await using var business = await OpenAsync();
        business.Emulator.Faults.Response = ResponseFault.DropAfterAccepting;

        await business.Awaiting(b => b.RawSendAsync(Text)).Should().ThrowAsync<HttpRequestException>();
        await business.SettleAsync();

        business.StatusNames().Should().Equal("sent", "delivered");
        business.Emulator.Requests[0].Should().Match<LoggedRequest>(r => r.StatusCode == 0 && r.MessageId != null);
        business.Emulator.Tally.Accepted.Should().Be(1);
    }

    [Fact]
    public async Task Response_ConnectionReset_CarriesNothingOut()
    {
        await using var business = await OpenAsync();
        business.Emulator.Faults.Response = ResponseFault.ConnectionReset;

        var send = await business.Awaiting(b => b.RawSendAsync(Text)).Should().ThrowAsync<HttpRequestException>();
        await business.SettleAsync();

        Innermost(send.Which).Should().BeOfType<SocketException>().Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
        business.StatusNames().Should().BeEmpty();
        business.Emulator.Tally.Accepted.Should().Be(0);
    }

    [Fact]
    public async Task ResponseDelay_Set_AnswersWhenTheClockGetsThere()
    {
        await using var business = await OpenAsync();
        await business.TextAsync("opens the connection");
        business.Emulator.Faults.ResponseDelay = TimeSpan.FromSeconds(40);

        var sending = business.RawSendAsync(Text);
        await business.Emulator.Faults.WaitForDelayedRequestAsync().WithinLimitAsync();
        business.Emulator.Clock.Advance(TimeSpan.FromSeconds(40) - TimeSpan.FromTicks(1));
        await business.Emulator.Faults.WaitForDelayedRequestAsync().WithinLimitAsync();
        business.Emulator.Requests.Should().ContainSingle("the second is still held up");
        business.Emulator.Clock.Advance(TimeSpan.FromTicks(1));

        using var response = await sending.WithinLimitAsync();
        business.Emulator.Requests[1].At.Should().Be(Business.Start.AddSeconds(40));
    }

    [Theory]
    [InlineData(131061)]
    [InlineData(131065)]
    [InlineData(131070)]
    [InlineData(138017)]
    [InlineData(138038)]
    [InlineData(131047)]
    public async Task RefuseNext_ACode_RefusesThatManyRequestsAndCarriesNothingOut(int code)
    {
        await using var business = await OpenAsync();
        business.Emulator.Faults.RefuseNext(code, 1);
        var inProcess = await business.TextAsync("x");
        await business.PostAsync("_emulator/faults", $$"""{"fail_next":{"code":{{code}},"times":1} }""");
        var overHttp = await business.TextAsync("x");
        var free = await business.TextAsync("x");
        await business.SettleAsync();

        (inProcess.StatusCode, inProcess.Code, overHttp.Code, free.StatusCode).Should().Be((400, code, code, 200));
        business.StatusNames().Should().Equal("sent", "delivered");
    }

    [Fact]
    public async Task RefuseNext_OutOfRange_Throws()
    {
        await using var business = await OpenAsync();

        business.Emulator.Faults.Invoking(f => f.RefuseNext(-1, 1)).Should().Throw<ArgumentOutOfRangeException>();
        business.Emulator.Faults.Invoking(f => f.RefuseNext(131070, -1)).Should().Throw<ArgumentOutOfRangeException>();
        (await business.PostAsync("_emulator/faults", """{"fail_next":{"code":"131070","times":1} }""")).StatusCode.Should().Be(400);
    }

    [Fact]
    public async Task FailNext_Twice_ThenAnswersAgain()
    {
        await using var business = await OpenAsync();
        business.Emulator.Faults.FailNext(ResponseFault.ServerError, times: 2);

        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            statuses.Add((await business.TextAsync("x")).StatusCode);
        }

        statuses.Should().Equal(500, 500, 200);
    }

    [Fact]
    public async Task Clear_EverythingOn_TurnsEverythingOff()
    {
        await using var business = await OpenAsync();
        var faults = business.Emulator.Faults;
        faults.DuplicateWebhooks = faults.ReorderWebhooks = faults.HoldWebhooks = faults.WrongSignature = faults.UnknownFields = faults.UnknownTypes = true;
        faults.WebhookDelay = faults.ResponseDelay = faults.ClockSkew = TimeSpan.FromSeconds(1);
        faults.WebhookBatch = 5;
        faults.Response = ResponseFault.ServerError;
        faults.FailNext(ResponseFault.ConnectionReset, 3);

        faults.Clear();

        faults.Should().BeEquivalentTo(new { DuplicateWebhooks = false, ReorderWebhooks = false, HoldWebhooks = false, WrongSignature = false, UnknownFields = false, UnknownTypes = false });
        (faults.WebhookDelay, faults.ResponseDelay, faults.ClockSkew, faults.WebhookBatch, faults.Response).Should().Be((TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, 1, ResponseFault.None));
        (await business.TextAsync("x")).StatusCode.Should().Be(200);
    }

    private static async Task<Business> OpenAsync()
    {
        var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        return business;
    }

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
