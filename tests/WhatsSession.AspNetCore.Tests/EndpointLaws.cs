using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace WhatsSession.AspNetCore.Tests;

/// <summary>Through the endpoint: however the same events are batched, ordered and repeated, the state is the same and the same events are dispatched, each once.</summary>
public sealed class EndpointLaws : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_794_900_000);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssession-laws-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public Task DuplicatesPermutationsAndSplits_InMemory_GiveTheSame() => HoldsAsync(_ => { }, samples: 60);

    [Fact]
    public Task DuplicatesPermutationsAndSplits_Sqlite_GiveTheSame() =>
        HoldsAsync(builder => builder.UseSqlite(Path.Combine(_folder.FullName, Guid.NewGuid().ToString("n") + ".db")), samples: 15);

    private static async Task HoldsAsync(Action<WhatsSessionBuilder> useStore, int samples)
    {
        var one = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[0, 120], Gen.Enum<UpdateKind>());
        var scenario =
            from drafts in one.Array[1, 10]
            from order in Gen.Shuffle(Enumerable.Range(0, drafts.Length).SelectMany(static i => (int[])[i, i]).ToArray())
            from cut in Gen.Int[1, 6]
            select (drafts, order, cut);
        await scenario.SampleAsync(
            async sample =>
            {
                var updates = sample.drafts.Select(static (draft, i) => new Update(i, draft.Item1, draft.Item2, draft.Item3, draft.Item4)).ToArray();
                var straight = await RunAsync(useStore, [updates]);
                var twisted = await RunAsync(useStore, sample.order.Chunk(sample.cut).Select(part => part.Select(i => updates[i]).ToArray()));
                return straight == twisted;
            },
            iter: samples);
    }

    /// <summary>Posts the batches, at once where there are several, and says what came of it.</summary>
    private static async Task<string> RunAsync(Action<WhatsSessionBuilder> useStore, IEnumerable<Update[]> batches)
    {
        var dispatched = new ConcurrentQueue<string>();
        await using var app = await WebApp.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Start + TimeSpan.FromHours(3)));
                useStore(builder);
                builder.On<WhatsAppEvent>((received, _) =>
                {
                    dispatched.Enqueue(received.Message.Key.ToString());
                    return Task.CompletedTask;
                });
            },
            options: options =>
            {
                WebApp.Configure(options);
                options.Numbers.Add("sales", phoneNumberId: "314159265358980", accessToken: "EAAother");
            });
        var responses = await Task.WhenAll(batches.Select(batch => app.PostAsync(Payload(batch))));
        foreach (var response in responses)
        {
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            response.Dispose();
        }

        (await app.Runtime.DrainAsync(TimeSpan.FromSeconds(60))).Should().BeTrue();
        var lines = dispatched.Order(StringComparer.Ordinal).ToList();
        foreach (var number in (string[])["support", "sales"])
        {
            for (var customer = 0; customer < 3; customer++)
            {
                foreach (var identifier in (string[])[Update.Phone(customer), Update.UserId(customer)])
                {
                    var conversation = app.Runtime.Client.Number(number).Conversation(identifier);
                    var log = await conversation.GetHistoryAsync(100);
                    lines.Add($"{number} {identifier} {await conversation.GetWindowAsync()} {string.Join(' ', log.Select(message => message.MessageId?.Value).Order(StringComparer.Ordinal))}");
                }
            }
        }

        return string.Join('\n', lines);
    }

    private static byte[] Payload(Update[] updates) =>
        Encoding.UTF8.GetBytes($$$"""{"object":"whatsapp_business_account","entry":[{{{string.Join(',', updates.Select(static update => update.ToEntry()))}}}]}""");

    /// <summary>A customer may write under a phone number, under a user id, or under both, which links them; a notice has no id, and is known by what it says and when.</summary>
    private enum UpdateKind
    {
        TextByPhone,
        TextByUserId,
        TextByBoth,
        Status,
        Notice,
    }

    private sealed record Update(int Id, int Number, int Customer, int Minute, UpdateKind Kind)
    {
        public static string Phone(int customer) => string.Create(CultureInfo.InvariantCulture, $"1555000123{customer}");

        public static string UserId(int customer) => string.Create(CultureInfo.InvariantCulture, $"US.4091726354881200441{customer}");

        public string ToEntry()
        {
            var at = Start.AddMinutes(Minute).ToUnixTimeSeconds();
            var by = Kind switch
            {
                UpdateKind.TextByPhone => $"\"from\":\"{Phone(Customer)}\"",
                UpdateKind.TextByUserId => $"\"from_user_id\":\"{UserId(Customer)}\"",
                _ => $"\"from\":\"{Phone(Customer)}\",\"from_user_id\":\"{UserId(Customer)}\"",
            };
            var content = Kind == UpdateKind.Status
                ? $$$""" "statuses":[{"id":"wamid.out{{{Id}}}","status":"sent","timestamp":"{{{at}}}","recipient_id":"{{{Phone(Customer)}}}"}]"""
                : $$$""" "messages":[{{{{by}}},"id":"wamid.in{{{Id}}}","timestamp":"{{{at}}}","type":"text","text":{"body":"{{{Id}}}"}}]""";
            var change = Kind == UpdateKind.Notice
                ? $$$"""{"field":"account_review_update","value":{"decision":"{{{(Number == 0 ? "APPROVED" : "REJECTED")}}}"}}"""
                : $$$"""{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"31415926535{{{8979 + Number}}}"},{{{content}}} } }""";
            return $$$"""{"id":"1","time":{{{at}}},"changes":[{{{change}}}]}""";
        }
    }
}
