using System.Collections;
using System.Diagnostics;
using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Storage;

namespace WhatsSession.Architecture.PublicApi;

/// <summary>
/// Every public constructor, method and property of the libraries, called 40,000 times with what nobody should give: nulls, defaults, extremes, huge and odd texts. What comes of
/// it is a result, an exception about the argument, or one that the documentation names.
/// </summary>
public sealed class PublicApiFuzz
{
    private const int Calls = 40_000;
    private const int Seed = 20261130;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly Assembly[] Libraries =
    [
        typeof(Message).Assembly, typeof(GraphClient).Assembly, typeof(WebhookReader).Assembly, typeof(WhatsSessionRuntime).Assembly, typeof(SqliteStore).Assembly,
    ];

    [Fact]
    public async Task EveryPublicMember_OddArguments_ThrowsOnlyWhatIsAboutThemOrDocumented()
    {
        using var folder = new Folder();
        await using var scene = await Scene.StartAsync(folder);
        var documented = new Documented(Libraries);
        var types = Libraries.SelectMany(library => library.GetExportedTypes()).Where(type => !typeof(Delegate).IsAssignableFrom(type) && !type.IsByRefLike).OrderBy(type => type.FullName, StringComparer.Ordinal).ToList();
        var random = new Random(Seed);
        var values = new OddValues(random, types, scene.Pool);
        var members = types.SelectMany(MembersOf).ToList();
        var faults = new SortedDictionary<string, string>(StringComparer.Ordinal);

        for (var i = 0; i < Calls; i++)
        {
            var member = members[i % members.Count];
            if (await CallAsync(member, values) is { } exception && !IsAllowed(member, exception, documented))
            {
                faults.TryAdd($"{Name(member)}: {exception.GetType().Name}", new StackTrace(exception).GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(frame => Libraries.Contains(frame?.DeclaringType?.Assembly)) is { } place
                    ? $"{place.DeclaringType!.FullName}.{place.Name}: {exception.Message.Split('\n')[0]}"
                    : exception.Message.Split('\n')[0]);
            }
        }

        members.Count.Should().BeGreaterThan(1_000, "the whole surface is called");
        string.Join('\n', faults.Select(fault => $"{fault.Key} ({fault.Value})")).Should().BeEmpty();
    }

    private static IEnumerable<MethodBase> MembersOf(Type type)
    {
        var all = type.GetConstructors().Cast<MethodBase>()
            .Concat(type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(Close).OfType<MethodInfo>());
        return type.ContainsGenericParameters || (type.IsAbstract && !type.IsSealed && type.IsInterface) ? []
            : all.Where(member => OddValues.Callable(member) && !member.IsAbstract && member.Name is not ("Dispose" or "DisposeAsync") && !(type.IsAbstract && member.IsConstructor))
                .OrderBy(member => $"{member}", StringComparer.Ordinal);
    }

    /// <summary>A generic method for one kind of event; null when it is for something else.</summary>
    private static MethodInfo? Close(MethodInfo method)
    {
        if (!method.IsGenericMethodDefinition)
        {
            return method;
        }

        try
        {
            return method.MakeGenericMethod([.. method.GetGenericArguments().Select((_, i) => i == 0 ? typeof(ImageReceived) : typeof(HttpClient))]);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static async Task<Exception?> CallAsync(MethodBase member, OddValues values)
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        object? target = null;
        if (member is { IsStatic: false, IsConstructor: false } && (target = values.Instance(member.ReflectedType!)) is null)
        {
            return null;
        }

        var arguments = values.ArgumentsOf(member);
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = arguments[i] is CancellationToken { IsCancellationRequested: false } ? soon.Token : arguments[i];
        }

        try
        {
            var made = member is ConstructorInfo constructor ? constructor.Invoke(arguments) : member.Invoke(target, arguments);
            await ConsumeAsync(made).WaitAsync(Patience, TimeProvider.System, CancellationToken.None);
            return null;
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>Waits for what a call returned, and reads some of a list.</summary>
    private static async Task ConsumeAsync(object? made)
    {
        switch (made)
        {
            case Task task:
                await task;
                break;
            case ValueTask task:
                await task;
                break;
            case not null when made.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>):
                await (Task)type.GetMethod("AsTask")!.Invoke(made, null)!;
                break;
            case not null when made.GetType().GetInterfaces().FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)) is { } type:
                await (Task)typeof(PublicApiFuzz).GetMethod(nameof(ReadSomeAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [made])!;
                break;
            case IEnumerable list and not string:
                foreach (var _ in list.Cast<object?>().Take(10))
                {
                }

                break;
        }
    }

    private static async Task ReadSomeAsync<T>(IAsyncEnumerable<T> items)
    {
        var read = 0;
        await foreach (var _ in items)
        {
            if (++read == 10)
            {
                break;
            }
        }
    }

    private static bool IsAllowed(MethodBase member, Exception exception, Documented documented) =>
        exception is ArgumentException or FormatException
        || (exception is OperationCanceledException && member.GetParameters().Any(parameter => parameter.ParameterType == typeof(CancellationToken)))
        || documented.Names(member, exception);

    private static string Name(MethodBase member) =>
        $"{member.DeclaringType!.FullName!.Split('[')[0].Replace("WhatsSession.", "", StringComparison.Ordinal)}.{member.Name}({string.Join(", ", member.GetParameters().Select(parameter => parameter.ParameterType.Name))})";

    /// <summary>What takes more than a constructor to make: a running client over both stores, with a Meta that answers anything.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private readonly List<IAsyncDisposable> _owned = [];

        private readonly AnyAnswer _meta = new();

        public List<object> Pool { get; } = [];

        public static async Task<Scene> StartAsync(Folder folder)
        {
            var scene = new Scene();
            var http = new HttpClient(scene._meta, disposeHandler: false);
            scene.Pool.AddRange([http, new GraphClient(http, new GraphClientOptions()), new HttpClientHandler(), new ServiceCollection().AddHttpClient().BuildServiceProvider(), TimeProvider.System]);
            foreach (var store in (IWhatsSessionStore[])[new InMemoryStore(), new SqliteStore(Path.Combine(folder.Path, "fuzz.db"))])
            {
                var runtime = await WhatsSessionRuntime.StartAsync(
                    o =>
                    {
                        o.Numbers.Add("support", "314159265358979", "token", "271828182845904");
                        o.AppSecret = "secret";
                        o.VerifyToken = "verify";
                        o.Deadline = TimeSpan.FromMilliseconds(50);
                    },
                    builder =>
                    {
                        builder.UseStore(_ => store);
                        builder.Services.AddHttpClient("WhatsSession").ConfigurePrimaryHttpMessageHandler(() => scene._meta);
                    });
                scene._owned.Add(runtime);
                var number = runtime.Client.Number("support");
                scene.Pool.AddRange([store, runtime, runtime.Client, number, number.Conversation("15550001234"), number.Group("Y2FwaV9ncm91cA"), number.Templates, number.QrCodes, runtime.Parked, runtime.Quarantine, runtime.AbandonedFallbacks, runtime.RefusedFallbacks]);
            }

            return scene;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var owned in _owned)
            {
                await owned.DisposeAsync();
            }

            _meta.Dispose();
        }
    }

    private sealed class AnyAnswer : HttpMessageHandler
    {
        private static readonly (HttpStatusCode Status, string Body)[] Answers =
        [
            (HttpStatusCode.OK, """{"messaging_product":"whatsapp","messages":[{"id":"wamid.c21wLWk2"}]}"""), (HttpStatusCode.OK, """{"success":true}"""), (HttpStatusCode.OK, """{"data":[]}"""),
            (HttpStatusCode.OK, """{"id":"1","url":"https://lookaside.fbsbx.com/x"}"""), (HttpStatusCode.BadRequest, """{"error":{"message":"no","code":131047}}"""), (HttpStatusCode.ServiceUnavailable, ""), (HttpStatusCode.OK, "<html>"),
        ];

        private int _requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (status, body) = Answers[(Interlocked.Increment(ref _requests) & int.MaxValue) % Answers.Length];
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });
        }
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory().FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
