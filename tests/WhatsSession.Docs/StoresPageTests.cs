using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WhatsSession.StoreConformance;

namespace WhatsSession.Docs;

/// <summary>The samples of the page on stores, compiled as they stand there; its tests are run.</summary>
public sealed class StoresPageTests
{
    private static readonly IReadOnlyList<string> Samples = Snippets.In(File.ReadAllText(Path.Combine(QuickstartTests.SampleFolder, "../../../../../docs/stores.md")));

    [Fact]
    public void Ingest_OverAnyTables_Compiles() => Snippets.CompilePlain(OutputKind.DynamicallyLinkedLibrary, LanguageVersion.Default, $$"""
        using NodaTime;
        using WhatsSession;
        using WhatsSession.Storage;

        public interface ITables
        {
            Instant Raise(Instant? metaTime);
            void ForgetBefore(long day);
            void Note(NumberSighting number);
            Instant? FindErasure(PhoneNumberId number, string id);
            void JoinFacts(StoredEvent stored);
            bool AddKey(EventKey key, Instant receivedAt);
            void Link(PhoneNumberId number, IdentityLink link, Instant at);
            void NoteSender(ConversationKey phone);
            Duration? LeastDelayOfAlerts(IReadOnlyCollection<PlannedAlert> own);
            void Raise(ConversationKey conversation, Instant window, Instant? check);
            void ReleaseHeld(ConversationKey conversation, Instant window);
            void Log(StoredEvent stored);
            EventLanes LanesOfAllHosts(Instant now);
            void Enqueue(StoredEvent stored, string queue);
            IReadOnlyList<PlannedTurn> TurnsOfAllHosts(Instant now);
            void JoinTurn(ConversationKey conversation, string handler, StoredEvent message, TurnTimes times);
            void Quarantine(ReadOnlyMemory<byte> payload, string? reason, Instant at);
        }

        public static class Page
        {
            public static {{Samples[0]}}
        }
        """).Should().NotBeEmpty();

    [Fact]
    public async Task Tests_OfAStore_RunTheSuiteAndTheirOwn()
    {
        var tests = Assembly.Load(Snippets.CompilePlain(OutputKind.DynamicallyLinkedLibrary, LanguageVersion.Default, Samples[1])).GetType("MyStoreTests")!;
        var suite = typeof(StoreConformanceTests).GetMethods().Where(IsFact).ToList();
        tests.GetMethods().Where(IsFact).Select(static test => test.Name).Should().Contain(suite.Select(static test => test.Name)).And.HaveCount(suite.Count + 1);
        string[] some = ["Window_AfterARestart_IsStillOpen", "OpenAsync_Twice_KeepsWhatIsThere", "ReadSendAsync_SavedByAnotherHost_IsFound", "IngestAsync_LaneThatAnotherHostTakes_IsDispatched"];

        foreach (var name in some)
        {
            await using var instance = (IAsyncDisposable)Activator.CreateInstance(tests)!;
            await (Task)tests.GetMethod(name)!.Invoke(instance, [])!;
        }
    }

    private static bool IsFact(MethodInfo method) => method.IsDefined(typeof(FactAttribute));
}
