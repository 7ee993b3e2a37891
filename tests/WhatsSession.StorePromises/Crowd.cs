using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace WhatsSession.StorePromises;

/// <summary>
/// Many customers of one number whose handlers do not come to an end: those of the texts "hang" wait until they are let go, those of other texts reply,
/// and what goes out in the name of <see cref="Shop.Number"/> is answered with 429 until then.
/// </summary>
internal sealed class Crowd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, int> _posts = [];
    private int _started;

    /// <summary>How many handlers have begun.</summary>
    public int Started => Volatile.Read(ref _started);

    /// <summary>Whether Meta's side is answered here, without the emulator, which does not know these customers.</summary>
    public bool AnswersAll { get; init; }

    /// <summary>Whether the number of the crowd is refused.</summary>
    public bool IsThrottled { get; init; } = true;

    public void Build(WhatsSessionBuilder builder, Shop shop)
    {
        builder.Services.AddHttpClient("WhatsSession").AddHttpMessageHandler(() => new Answers(this));
        builder.OnMessage<TextReceived>("crowd", async (received, cancellationToken) =>
        {
            Interlocked.Increment(ref _started);
            if (received.Message.Text == "hang")
            {
                await _over.Task;
            }
            else if (!_over.Task.IsCompleted)
            {
                await received.ReplyAsync("On it!", cancellationToken);
            }
        });
    }

    /// <summary>How many messages a number was accepted.</summary>
    public int Accepted(string number) => _posts.GetValueOrDefault(number);

    /// <summary>As many customers of a number write, each once: half of them at the other host.</summary>
    public static async Task WriteAsync(Shop shop, string number, string text, int count, int first)
    {
        foreach (var chunk in Enumerable.Range(first, count).Chunk(500))
        {
            foreach (var (host, customers) in chunk.GroupBy(i => i % shop.Hosts.Count).Select(static of => (of.Key, of)))
            {
                var messages = customers.Select(i => FormattableString.Invariant(
                    $$$"""{"from":"1555{{{i:0000000}}}","id":"wamid.{{{number}}}{{{i}}}","timestamp":"{{{shop.Now.ToUnixTimeSeconds()}}}","type":"text","text":{"body":"{{{text}}}"}}"""));
                var result = await shop.PostAsync("messages", $$$"""{"metadata":{"phone_number_id":"{{{number}}}"},"messages":[{{{string.Join(',', messages)}}}]}""", host);
                result.StatusCode.Should().Be(200);
            }
        }
    }

    /// <summary>Waits in real time for something that needs no time on the shop's clock.</summary>
    public static async Task<bool> ComesAsync(Func<bool> condition, TimeSpan? patience = null)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        var limit = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(limit) > (patience ?? Patience))
            {
                return false;
            }

            await timer.WaitForNextTickAsync();
        }

        return true;
    }

    /// <summary>Lets the shop's clock run in steps until something comes.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="condition">What is to come.</param>
    /// <param name="atMost">The most time on the shop's clock.</param>
    /// <param name="begins">How many handlers a step of 0.6 seconds lets begin, if it does not bring it about; without, steps are shorter and bring nothing else.</param>
    /// <returns>Whether it came in time.</returns>
    public async Task<bool> ComesWithinAsync(Shop shop, Func<bool> condition, Duration atMost, int? begins = null)
    {
        var end = shop.Now + atMost;
        var isThere = begins is null ? await ComesAsync(condition, Step) : condition();
        while (!isThere && shop.Now < end)
        {
            var before = Started;
            shop.Meta.Clock.Advance(TimeSpan.FromMilliseconds(begins is null ? 250 : 600));
            var isOn = await ComesAsync(() => condition() || Started >= before + begins, Step);
            isThere = condition();
            if (begins is not null && !isOn)
            {
                break;
            }
        }

        return isThere;
    }

    /// <summary>Lets everybody go at the end of a test, however it ends, so that the hosts can end too.</summary>
    public IAsyncDisposable EndWith(Shop shop) => new End(this, shop);

    private async ValueTask DisperseAsync(Shop shop)
    {
        _over.TrySetResult();
        var stopping = Task.WhenAll(shop.Hosts.Select(static host => host.DisposeAsync().AsTask()));
        while (!await ComesAsync(() => stopping.IsCompleted, TimeSpan.FromMilliseconds(100)))
        {
            // What waits for its second try.
            shop.Meta.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        await stopping;
    }

    private sealed class End(Crowd crowd, Shop shop) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => crowd.DisperseAsync(shop);
    }

    private sealed class Answers(Crowd crowd) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            var number = path.Contains(Shop.Number, StringComparison.Ordinal) ? Shop.Number : Shop.OtherNumber;
            if (number == Shop.Number && crowd is { IsThrottled: true, _over.Task.IsCompleted: false })
            {
                return Json(HttpStatusCode.TooManyRequests, """{"error":{"message":"(#130429) Rate limit hit","type":"OAuthException","code":130429}}""");
            }

            if (crowd.AnswersAll || crowd._over.Task.IsCompleted)
            {
                var count = crowd._posts.AddOrUpdate(number, 1, static (_, posts) => posts + 1);
                return Json(HttpStatusCode.OK, string.Create(
                    CultureInfo.InvariantCulture, $$"""{"messaging_product":"whatsapp","contacts":[],"messages":[{"id":"wamid.{{number}}.{{count}}"}]}"""));
            }

            return await base.SendAsync(request, cancellationToken);
        }

        private static HttpResponseMessage Json(HttpStatusCode status, string json) => new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
    }
}
