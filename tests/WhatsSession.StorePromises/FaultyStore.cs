using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <summary>A store of which one write fails, or several of a kind: before it was done, or after it, as when the answer of a server is lost.</summary>
public class FaultyStore : DispatchProxy
{
    private static readonly MethodInfo Typed = typeof(FaultyStore).GetMethod(nameof(WriteTypedAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private readonly List<string> _writes = [];

    private IWhatsSessionStore _store = null!;
    private int _failing;
    private bool _isDone;
    private string? _failingName;
    private int _failingTimes;

    /// <summary>The writes so far, by the names of the contract.</summary>
    public IReadOnlyList<string> Writes => _writes;

    /// <summary>What happens before a write that is named to it; what it throws, the write throws. Nothing by default.</summary>
    public Func<string, Task> Before { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Makes a store of which no write fails yet.</summary>
    public static (IWhatsSessionStore Store, FaultyStore Faults) Over(IWhatsSessionStore store)
    {
        var proxy = Create<IWhatsSessionStore, FaultyStore>();
        var faults = (FaultyStore)(object)proxy;
        faults._store = store;
        return (proxy, faults);
    }

    /// <summary>Counts from now on, and makes a write fail.</summary>
    /// <param name="failing">Which write fails, from 1 on; 0 for none.</param>
    /// <param name="isDone">Whether it is done all the same.</param>
    public void FailOne(int failing, bool isDone)
    {
        lock (_writes)
        {
            _writes.Clear();
            (_failing, _isDone) = (failing, isDone);
        }
    }

    /// <summary>Makes the next writes of a name fail.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isDone">Whether they are done all the same.</param>
    /// <param name="times">How many fail in a row.</param>
    public void FailNext(string name, bool isDone, int times = 1)
    {
        lock (_writes)
        {
            (_failingName, _isDone, _failingTimes) = (name, isDone, times);
        }
    }

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2012", Justification = "The caller awaits what it is given.")]
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var name = targetMethod!.Name;
        return IsWrite(name)
            ? targetMethod.ReturnType == typeof(ValueTask)
                ? WriteAsync(name, () => (ValueTask)targetMethod.Invoke(_store, args)!)
                : Typed.MakeGenericMethod(targetMethod.ReturnType.GetGenericArguments()).Invoke(this, [targetMethod, args])
            : targetMethod.Invoke(_store, args);
    }

    private static bool IsWrite(string name) =>
        !name.StartsWith("get_", StringComparison.Ordinal) && !name.StartsWith("Read", StringComparison.Ordinal) && !name.StartsWith("List", StringComparison.Ordinal)
        && !name.StartsWith("Find", StringComparison.Ordinal) && name is not (nameof(IWhatsSessionStore.OpenAsync) or nameof(IWhatsSessionStore.ProbeAsync));

    private async ValueTask WriteAsync(string name, Func<ValueTask> write)
    {
        await Before(name);
        var fails = Count(name);
        if (!fails || _isDone)
        {
            await write();
        }

        ThrowIf(fails, name);
    }

    private async ValueTask<T> WriteTypedAsync<T>(MethodInfo method, object?[] args)
    {
        await Before(method.Name);
        var fails = Count(method.Name);
        var result = fails && !_isDone ? default! : await (ValueTask<T>)method.Invoke(_store, args)!;
        ThrowIf(fails, method.Name);
        return result;
    }

    private bool Count(string name)
    {
        lock (_writes)
        {
            _writes.Add(name);
            if (name == _failingName && _failingTimes > 0)
            {
                _failingTimes--;
                return true;
            }

            return _writes.Count == _failing;
        }
    }

    private static void ThrowIf(bool fails, string name)
    {
        if (fails)
        {
            throw new StoreUnavailableException($"{name} failed, as the test asked for.");
        }
    }
}
